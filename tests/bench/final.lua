-- SPDX-License-Identifier: Apache-2.0
--
-- wrk's part of the third row: every request validates another draft, each connection's next one of another session.
-- wrk … -- SESSIONS-FILE FIRST LAST: the file has a line "COOKIE TOKEN" for each session; each has the drafts
-- FIRST to LAST.
local sessions, session, dossier, last = {}, 0, 0, 0

function init(args)
   for line in io.lines(args[1]) do
      local cookie, token = line:match("^(%S+) (%S+)$")
      sessions[#sessions + 1] = {
         body = "jeton=" .. token .. "&certifie=O&action=valider",
         headers = {
            ["Cookie"] = cookie,
            ["Content-Type"] = "application/x-www-form-urlencoded",
            ["Sec-Fetch-Site"] = "same-origin",
         },
      }
   end
   dossier, last = tonumber(args[2]), tonumber(args[3])
end

function request()
   session = session + 1
   if session > #sessions then
      session = 1
      dossier = math.min(dossier + 1, last)
   end
   local one = sessions[session]
   return wrk.format("POST", "/inscription-etablissement/bcp/candidature/recapitulatif?dossier=" .. dossier,
                     one.headers, one.body)
end
