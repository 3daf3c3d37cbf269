<?php
// SPDX-License-Identifier: Apache-2.0
//
// What a school would otherwise run: one candidate's confirmation by PDO and TCPDF, behind the same httpd. The session
// is looked up by its cookie, the candidate by his number in the session's school; the page has the same texts, rules,
// boxes and code in the same type. Labels of questions are exported once, as such an application would have them.
declare(strict_types=1);

require_once '/usr/share/php/tcpdf/tcpdf.php';

function refuse(int $status, string $why): never
{
    http_response_code($status);
    header('Content-Type: text/plain; charset=UTF-8');
    exit($why);
}

function one(PDO $base, string $sql, array $values): ?array
{
    static $prepared = [];
    $statement = $prepared[$sql] ??= $base->prepare($sql);
    $statement->execute($values);
    return $statement->fetch(PDO::FETCH_ASSOC) ?: null;
}

$base = new PDO('sqlite:' . getenv('PEER_BASE'), null, null, [PDO::ATTR_PERSISTENT => true, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$session = one($base, 'SELECT s.id, a.establishment FROM session s JOIN account a ON a.id = s.account WHERE s.token = CAST(? AS BLOB) AND s.ends > ?', [
    hex2bin($_COOKIE['peer'] ?? '') ?: '',
    time(),
]) ?? refuse(401, 'no session');
$of = one(
    $base,
    'SELECT r.*, s.code5, s.label FROM registration r JOIN specialty s ON s.code = r.specialty
     WHERE r.exam = ? AND r.number = ? AND r.establishment = ? AND r.state = ?',
    ['BCP', (int) ($_GET['numero'] ?? 0), $session['establishment'], 'V'],
) ?? refuse(404, 'nobody');
$school = one($base, 'SELECT code, name, town FROM establishment WHERE id = ?', [$session['establishment']]);
$units = $base->prepare('SELECT * FROM exam_unit WHERE specialty = ? ORDER BY rank');
$units->execute([$of['specialty']]);
$answers = json_decode($of['answers'], true, 512, JSON_THROW_ON_ERROR);
$labels = require getenv('PEER_LABELS');

class Confirmation extends TCPDF
{
    public string $foot = '';

    public function Header(): void
    {
    }

    public function Footer(): void
    {
        $this->SetFont('dejavusanscondensed', '', 7.5);
        $this->Line(16, 282, 194, 282);
        $this->SetXY(16, 283);
        $this->Cell(120, 4, $this->foot);
        $this->Cell(58, 4, 'Page ' . $this->getAliasNumPage() . '/' . $this->getAliasNbPages(), 0, 0, 'R');
    }

    public function heading(string $text): void
    {
        $this->Ln(2);
        $this->SetFont('dejavusanscondensed', 'B', 10.5);
        $this->Cell(0, 5, $text, 'B', 1);
    }

    /** Label and value, two to a line. */
    public function fields(array $fields): void
    {
        foreach (array_chunk($fields, 2) as $pair) {
            foreach ($pair as [$label, $value]) {
                $this->SetFont('dejavusanscondensed', '', 8.3);
                $this->Cell(38, 5, $label);
                $this->SetFont('dejavusanscondensed', 'B', 9.5);
                $this->Cell(51, 5, $value === '' ? '—' : $value);
            }
            $this->Ln(5);
            $this->Line(16, $this->GetY(), 194, $this->GetY());
        }
    }

    public function row(array $widths, array $texts, string $style): void
    {
        $this->SetFont('dejavusanscondensed', $style, 8.3);
        foreach ($texts as $i => $text) {
            $this->Cell($widths[$i], 5, (string) $text);
        }
        $this->Ln(5);
        $this->Line(16, $this->GetY(), 194, $this->GetY());
    }
}

$number = $of['number'] . '-' . $of['revision'];
$pdf = new Confirmation('P', 'mm', 'A4', true, 'UTF-8');
$pdf->foot = "Inscription n° $number – {$of['listed_name']}";
// parts of the two fonts, which is what TCPDF does by itself; or all of them, which takes it less time and ten times the bytes
$pdf->setFontSubsetting(!isset($_GET['entieres']));
$pdf->SetTitle("Confirmation d’inscription $number");
$pdf->SetMargins(16, 12, 16);
$pdf->SetAutoPageBreak(true, 18);
$pdf->AddPage();
$pdf->SetFont('dejavusanscondensed', 'B', 10);
$pdf->Cell(0, 5, 'Académie de démonstration', 'B', 1);
$pdf->SetFont('dejavusanscondensed', 'B', 22);
$pdf->Cell(0, 11, 'Confirmation d’inscription', 0, 1);
$pdf->SetFont('dejavusanscondensed', 'B', 12);
$pdf->Cell(0, 6, 'Baccalauréat professionnel – Session de juin', 0, 1);
$pdf->SetFont('dejavusanscondensed', '', 11);
$pdf->Cell(0, 6, $of['code5'] . ' ' . $of['label'], 0, 1);
$top = $pdf->GetY() + 1;
$pdf->Rect(16, $top, 178, 34);
$pdf->write2DBarcode('BCP ' . $number, 'QRCODE,M', 165, $top + 4, 26, 26);
foreach ([['N° d’inscription', $number, 27], ['Code personnel', $of['code'], 13], ['Candidat', $of['listed_name'], 12], ['Établissement', "{$school['code']} {$school['name']}, {$school['town']}", 9.5]] as $i => [$label, $value, $size]) {
    $x = $i < 2 ? 18 : 60;
    $pdf->SetXY($x, $top + 2 + ($i % 2) * 15);
    $pdf->SetFont('dejavusanscondensed', '', 8);
    $pdf->Cell(60, 4, $label);
    $pdf->SetXY($x, $top + 6 + ($i % 2) * 15);
    $pdf->SetFont('dejavusanscondensed', 'B', $size);
    $pdf->Cell(100, 8, $value);
}
$pdf->SetXY(16, $top + 36);
$pdf->SetFont('dejavusanscondensed', 'B', 9.5);
$pdf->MultiCell(0, 5, "Vérifiez chaque ligne. S’il y a une erreur, corrigez-la en rouge sur cette feuille, puis signez.\nÀ remettre à votre établissement.", 0, 'L');
foreach ($labels['steps'] as $title => $questions) {
    $fields = [];
    foreach ($questions as $name => $label) {
        if (array_key_exists($name, $answers)) {
            $fields[] = [$label, (string) $answers[$name]];
        }
    }
    if ($fields) {
        $pdf->heading($title);
        $pdf->fields($fields);
    }
}
$widths = [14, 62, 14, 26, 38, 24];
$pdf->heading('Épreuves');
$pdf->row($widths, ['Unité', 'Épreuve', 'Coef.', 'Mode', 'État de l’inscription', 'Choix'], '');
foreach ($units->fetchAll(PDO::FETCH_ASSOC) as $unit) {
    $pdf->row($widths, [$unit['unit'], $unit['label'], $unit['coefficient'], $unit['mode_ccf'], 'Inscrit', ''], '');
}
$pdf->heading('Engagement du candidat');
$pdf->SetFont('dejavusanscondensed', '', 8.8);
$pdf->MultiCell(0, 4, $labels['engagement'], 0, 'L');
$pdf->Cell(0, 7, 'Fait à ____________________ le ____________________', 0, 1);
$y = $pdf->GetY();
foreach (['Signature du candidat', 'Signature du représentant légal', 'Visa et cachet du chef d’établissement'] as $i => $label) {
    $pdf->Rect(16 + $i * 60, $y, 58, 20);
    $pdf->SetXY(17 + $i * 60, $y);
    $pdf->SetFont('dejavusanscondensed', '', 8);
    $pdf->Cell(56, 5, $label);
}
header('Cache-Control: no-store');
$pdf->Output('confirmation.pdf', 'I');
