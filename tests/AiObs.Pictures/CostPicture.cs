using System.Globalization;
using AiObs.Cost;
using AiObs.Cost.Budgets;

namespace AiObs.Pictures;

/// <summary>Draws cost records with all of their receipts, and how budgets stand.</summary>
internal static class CostPicture
{
    /// <summary>Draws records in the order of their spans; those without one come last. All have one time, and their ids are random.</summary>
    public static IEnumerable<string> Of(IEnumerable<CostRecord> records, List<string> spanIds) => records
        .Select(record => (Place: record.SpanId is { } id ? spanIds.IndexOf(id) & int.MaxValue : int.MaxValue, Lines: LinesOf(record)))
        .OrderBy(record => record.Place)
        .ThenBy(record => string.Join('\n', record.Lines.Skip(1)), StringComparer.Ordinal)
        .SelectMany(record => record.Lines);

    public static string Of(BudgetStatus status) => PictureText.Line(
        1,
        $"{status.Budget} ({status.Scope} {status.Key ?? "all"}, {status.Unit}): spent {PictureText.Number(status.Spent)} of {PictureText.Number(status.Limit)}, "
        + $"reserved {PictureText.Number(status.Reserved)}, kept free {PictureText.Number(status.KeptFree)}, resets {status.ResetsAt?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "never"}");

    private static List<string> LinesOf(CostRecord record)
    {
        var receipt = record.Receipt;
        List<string> lines =
        [
            PictureText.Line(1, $"record {record.Id} of {record.Operation} call {record.CallId}, span {record.SpanId ?? "none"} in {record.TraceId ?? "none"}"),
            PictureText.Line(2, $"provider {record.Provider ?? "none"}, asked for {record.RequestModel ?? "none"}, answered by {record.ResponseModel ?? "none"}"),
            PictureText.Line(2, $"total {PictureText.Number(record.Total)} {record.Currency} {record.Source} {record.Completeness}{Correction(record)}{Computed(record)}"),
            PictureText.Line(2, $"input {PictureText.Number(receipt.Input)} + output {PictureText.Number(receipt.Output)}, usage {receipt.UsageCompleteness}"),
            PictureText.Line(2, $"rule {receipt.Rule ?? "none"} of {receipt.Provider ?? "none"}{(receipt.TierStart is { } tier ? $", tier above {tier}" : "")}"),
            PictureText.Line(2, $"usage {string.Join(", ", receipt.Usage.All.Select(quantity => $"{quantity.Unit} {PictureText.Number(quantity.Value)}"))}"),
        ];
        lines.AddRange(receipt.Lines.Select(line => PictureText.Line(
            2, $"line {line.Direction} {line.Unit} {PictureText.Number(line.Quantity)} x {PictureText.Number(line.Rate)} / {line.Per} = {PictureText.Number(line.Amount)}")));
        lines.AddRange(receipt.Factors.Select(factor => PictureText.Line(2, $"factor {factor.Name} x {PictureText.Number(factor.Value)}")));
        lines.AddRange(receipt.Reason is { } reason ? [PictureText.Line(2, $"reason {PictureText.Quote(reason)}")] : []);
        lines.AddRange(Context(record));

        return lines;
    }

    // Nearly always the receipt says what the record says.
    private static string Computed(CostRecord record)
    {
        var receipt = record.Receipt;
        var reported = record.ReportedTotal is { } total ? $", reported {PictureText.Number(total)}" : "";

        return (receipt.Total, receipt.Source, receipt.Completeness) == (record.Total, record.Source, record.Completeness)
            ? reported
            : $"{reported}, computed {PictureText.Number(receipt.Total)} {receipt.Source} {receipt.Completeness}";
    }

    private static string Correction(CostRecord record) =>
        record.Corrects is { } corrected ? $", corrects {corrected} which was {record.CorrectedCompleteness}" : "";

    private static IEnumerable<string> Context(CostRecord record)
    {
        (string Name, string? Value)[] parts =
        [
            ("conversation", record.ConversationId),
            ("user", record.UserId),
            ("session", record.SessionId),
            ("tags", record.Tags.Count == 0 ? null : string.Join(' ', record.Tags)),
        ];
        var known = parts.Where(part => part.Value is not null).Select(part => $"{part.Name} {part.Value}").ToList();

        return known.Count == 0 ? [] : [PictureText.Line(2, string.Join(", ", known))];
    }
}
