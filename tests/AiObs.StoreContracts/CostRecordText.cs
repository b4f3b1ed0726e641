using System.Globalization;
using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.StoreContracts;

/// <summary>Writes every value of a record, so that two records can be compared and their difference read.</summary>
public static class CostRecordText
{
    public static string Of(CostRecord record) => string.Join('\n',
        $"{Line(record.Id)} corrects {Line(record.Corrects)} ({Line(record.CorrectedCompleteness)})",
        $"call {Line(record.CallId)} {record.Operation} at {record.Time.UtcDateTime:O}",
        $"provider {Line(record.Provider)} models {Line(record.RequestModel)} {Line(record.ResponseModel)}",
        $"for {Line(record.ConversationId)} {Line(record.UserId)} {Line(record.SessionId)} tags {List(record.Tags)}{MetadataOf(record)}",
        $"trace {Line(record.TraceId)} {Line(record.SpanId)}",
        $"amount {Line(record.Total)} {record.Currency} reported {Line(record.ReportedTotal)}",
        Of(record.Receipt));

    private static string? MetadataOf(CostRecord record) =>
        record.Metadata is { } metadata ? $" metadata {List(metadata.Select(static member => $"{member.Key} {Line(member.Value)}"))}" : null;

    private static string Of(CostReceipt receipt) => string.Join('\n',
        $"rule {Line(receipt.Provider)} {Line(receipt.Rule)} {Line(receipt.DataVersion)} from {receipt.Source}",
        $"{receipt.Completeness} of {receipt.UsageCompleteness} usage: {Line(receipt.Reason)}; tier {Line(receipt.TierStart)}",
        $"usage {List(receipt.Usage.All.Select(Of))}",
        $"lines {List(receipt.Lines.Select(Of))}",
        $"factors {List(receipt.Factors.Select(static factor => $"{factor.Name} {Line(factor.Value)}"))}",
        $"sums {Line(receipt.Input)} {Line(receipt.Output)} {Line(receipt.Total)}");

    private static string Of(UsageQuantity quantity) => $"{quantity.Unit} {Line(quantity.Value)}";

    private static string Of(CostLine line) =>
        $"{line.Unit} {line.Direction} {Line(line.Quantity)} x {Line(line.Rate)} / {line.Per} = {Line(line.Amount)}";

    private static string List(IEnumerable<string> values) => $"[{string.Join(" | ", values)}]";

    private static string Line(object? value) => value switch
    {
        null => "-",
        string text => $"'{text}'",

        // A store may forget trailing zeros of a number, but none of its digits.
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
