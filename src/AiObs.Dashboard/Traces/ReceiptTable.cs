using System.Globalization;
using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Traces;

/// <summary>Why a call cost what it cost: its receipt line by line, and the corrections of it.</summary>
internal static class ReceiptTable
{
    public static void Write(HtmlWriter html, SpanCost cost)
    {
        html.Write($"<h3>Receipt</h3>");
        foreach (var record in cost.Records)
        {
            Write(html, record);
        }
    }

    private static void Write(HtmlWriter html, CostRecord record)
    {
        var receipt = record.Receipt;
        html.Write($"""
            <table class="receipt"><thead><tr><th scope="col">{(record.Corrects is null ? "Unit" : "Correction")}</th><th scope="col" class="n">Count</th><th scope="col" class="n">Rate</th><th scope="col" class="n">Amount</th></tr></thead><tbody>
            """);
        foreach (var line in receipt.Lines)
        {
            html.Write($"""
                <tr><td>{line.Unit.Replace('_', ' ')}</td><td class="n">{line.Quantity.ToString("#,0.###", CultureInfo.InvariantCulture)}</td>
                <td class="n">{Shown.Money(line.Rate)} / {Per(line.Per)}</td><td class="n">{Shown.Money(line.Amount)}</td></tr>
                """);
        }

        html.Write($"""
            </tbody><tfoot><tr><th scope="row" colspan="3">{Origin(record)}</th><td class="n">{(record.Total is { } total ? Shown.Money(total) : Shown.Unpriced)}</td></tr></tfoot></table>
            """);
        if (receipt.Reason is { } reason)
        {
            html.Write($"""<p class="hint"><bdi>{reason}</bdi></p>""");
        }
    }

    private static string Per(long per) => per switch
    {
        1_000_000 => "M",
        1_000 => "k",
        _ => Shown.Number(per),
    };

    private static string Origin(CostRecord record)
    {
        var parts = new List<string> { record.Completeness.ToString().ToLowerInvariant(), record.Source.ToString().ToLowerInvariant() };
        if (record.Receipt.DataVersion is { } version)
        {
            parts.Add("table " + version);
        }

        if (record.Receipt.Rule is { } rule)
        {
            parts.Add("rule " + rule);
        }

        parts.AddRange(record.Receipt.Factors.Select(static factor => string.Create(CultureInfo.InvariantCulture, $"{factor.Name} × {factor.Value}")));
        return string.Join(" · ", parts);
    }
}
