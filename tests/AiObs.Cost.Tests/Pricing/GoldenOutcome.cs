using System.Globalization;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>What a call comes to: a rule and amounts, no price, or an error.</summary>
internal sealed record GoldenOutcome(string Rule, decimal Input, decimal Output, decimal Total)
{
    public static GoldenOutcome NoPrice { get; } = new("no price", 0, 0, 0);

    public static GoldenOutcome Error { get; } = new("error", 0, 0, 0);

    public static GoldenOutcome Of(CostReceipt receipt) => receipt is { Input: { } input, Output: { } output, Total: { } total }
        ? new($"{receipt.Provider}/{receipt.Rule}", input, output, total)
        : Error;

    public bool Agrees(GoldenOutcome actual) =>
        Rule == actual.Rule && Agree(Input, actual.Input) && Agree(Output, actual.Output) && Agree(Total, actual.Total);

    public override string ToString() => Rule + string.Concat(new[] { Input, Output, Total }.Select(static amount => $" {Text(amount)}"));

    // The expected amounts were computed with doubles. One that needs 16 digits or more is the double next to the amount, or one that
    // rounding has moved on from there: of such a pair the first 14 digits are compared. Shorter ones must be equal.
    private static bool Agree(decimal expected, decimal actual) =>
        expected == actual
        || ((Digits(expected) > 15 || Digits(actual) > 15) && Math.Abs(expected - actual) <= Math.Abs(expected) * 1e-14m);

    private static int Digits(decimal amount) => Text(amount).Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0').Length;

    private static string Text(decimal amount) => amount.ToString("0.############################", CultureInfo.InvariantCulture);
}
