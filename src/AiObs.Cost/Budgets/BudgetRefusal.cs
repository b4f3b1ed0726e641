using System.Globalization;

namespace AiObs.Cost.Budgets;

/// <summary>Why one account has not enough left for a call, with the numbers of that moment.</summary>
internal sealed class BudgetRefusal
{
    private const string Amounts = "0.############################";

    public BudgetRefusal(BudgetAccount account, in Claim claim, long now)
    {
        Rule = account.Rule;
        Key = account.ShownKey;
        Spent = account.Spent(now);
        Reserved = account.Reserved;
        KeptFree = account.KeptFreeWith(claim);
        Requested = claim.Amount;
        IsUnpriced = claim.IsUnpriced;
        IsOpenEnded = claim.IsOpenEnded && Fits;
        ResetsAt = account.WhenFreed(Spent + Reserved + KeptFree + Requested - Rule.Limit, now);
    }

    public BudgetRule Rule { get; }

    public string? Key { get; }

    public decimal Spent { get; }

    public decimal Reserved { get; }

    public decimal KeptFree { get; }

    public decimal Requested { get; }

    public DateTimeOffset? ResetsAt { get; }

    public string UnitName => Rule.Unit == BudgetUnit.Usd ? "USD" : "tokens";

    private bool IsUnpriced { get; }

    /// <summary>Gets a value indicating whether it is not the numbers that refuse, but another call of unknown size.</summary>
    private bool IsOpenEnded { get; }

    private bool Fits => Spent + Reserved + KeptFree + Requested <= Rule.Limit;

    public string Describe() => Invariant(
        $"Budget '{Rule.Name}' has not enough left for the call. {Numbers()}. {Reason()}{Reset()}");

    private string Numbers()
    {
        var whose = Key is null ? "" : $" of {Rule.Scope.ToString().ToLowerInvariant()} '{LogText.Name(Key)}'";
        var keptFree = KeptFree == 0 ? "" : $", {Format(KeptFree)} kept free for what those calls may take beyond that";
        return Rule.Window == BudgetWindow.PerCall
            ? $"The limit of each call{whose} is {Format(Rule.Limit)} {UnitName}"
            : $"The limit{whose} is {Format(Rule.Limit)} {UnitName}: {Format(Spent)} spent, {Format(Reserved)} reserved for running calls{keptFree}";
    }

    private string Reason() => (IsUnpriced, IsOpenEnded) switch
    {
        (true, _) => "The call's model has no known price, and the budget refuses such calls.",
        (_, true) => "Nobody knows how much the call may take, and another such call is running; set MaxOutputTokens to run them side by side.",
        _ => $"The call is expected to take {Format(Requested)}.",
    };

    private string Reset() => ResetsAt is { } time ? Invariant($" It resets at {time:yyyy-MM-dd HH:mm:ss} UTC.") : "";

    private static string Format(decimal amount) => amount.ToString(Amounts, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
