namespace AiObs.Cost.Budgets;

/// <summary>So much of a limit is spent, with the numbers of that moment.</summary>
/// <param name="Rule">The limit.</param>
/// <param name="Key">Whose account it is; <see langword="null"/> for a global budget.</param>
/// <param name="Fraction">Which part of the limit was reached.</param>
/// <param name="Spent">What is spent.</param>
/// <param name="ResetsAt">When the window ends or, for a rolling one, when all has left it.</param>
/// <param name="IsLost">Whether it was reached by a call of which nothing more is heard.</param>
internal sealed record BudgetThreshold(BudgetRule Rule, string? Key, decimal Fraction, decimal Spent, DateTimeOffset? ResetsAt, bool IsLost)
{
    public static BudgetThreshold Of(BudgetAccount account, decimal fraction, long now, bool isLost)
    {
        var spent = account.Spent(now);
        return new(account.Rule, account.ShownKey, fraction, spent, account.WhenFreed(spent, now), isLost);
    }
}
