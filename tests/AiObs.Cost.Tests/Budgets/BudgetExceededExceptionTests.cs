using System.Globalization;
using AiObs.Cost.Budgets;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetExceededExceptionTests
{
    [Fact]
    public void Message_MoneyOfAUser_SaysEverythingInPlainWords()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "daily", Limit = 1, Scope = BudgetScope.User });
        gate.Spend(Call(0.25m, context: User("ann")));
        gate.Reserve(Call(0.125m, highest: 0.5m, context: User("ann")));
        gate.Reserve(Call(0.0000001m, highest: 0.25m, context: User("ann")));

        var refusal = gate.Refuse(Call(0.5m, context: User("ann")));

        Assert.Equal(
            "Budget 'daily' has not enough left for the call. The limit of user 'ann' is 1 USD: 0.25 spent, 0.1250001 reserved for running calls, "
            + "0.2499999 kept free for what those calls may take beyond that. The call is expected to take 0.5. It resets at 2026-01-02 00:00:00 UTC.",
            refusal.Message);
    }

    [Fact]
    public void Message_TokensPerCall_SaysNothingOfSpendAndReset()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "call", TokenLimit = 1_000, Window = BudgetWindow.PerCall });

        var refusal = gate.Refuse(Call(tokens: 1_500));

        Assert.Equal(
            "Budget 'call' has not enough left for the call. The limit of each call is 1000 tokens. The call is expected to take 1500.",
            refusal.Message);
    }

    [Fact]
    public void Message_CultureWithCommas_IsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            using var fixture = new GateFixture();
            var gate = fixture.Gate(new Budget { Name = "b", Limit = 0.5m });

            Assert.Contains("is 0.5 USD", gate.Refuse(Call(0.75m)).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Properties_Refusal_HoldTheNumbers()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", TokenLimit = 1_000, Scope = BudgetScope.User });
        gate.Spend(Call(tokens: 600, context: User("ann")));
        gate.Reserve(Call(tokens: 100, context: User("ann")));
        gate.Reserve(Call(tokens: 100, context: User("ann")) with { HighestTokens = 150 });
        gate.Reserve(Call(tokens: 10, context: User("ann")) with { HighestTokens = 30 });

        var refusal = gate.Refuse(Call(tokens: 300, context: User("ann")));

        Assert.Equal(
            ("b", BudgetScope.User, "ann", BudgetUnit.Tokens, 1_000m, 600m, 210m, 20m, 300m),
            (refusal.BudgetName, refusal.Scope, refusal.ScopeKey, refusal.Unit, refusal.Limit, refusal.Spent, refusal.Reserved, refusal.KeptFree, refusal.Requested));
        Assert.Equal(new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), refusal.ResetsAt);
    }

    [Fact]
    public void Constructor_MadeByATest_CarriesWhatItIsGiven()
    {
        var inner = new InvalidOperationException();

        var exception = new BudgetExceededException("no", inner) { BudgetName = "b", Limit = 1 };

        Assert.Equal(("no", inner, "b", 1m), (exception.Message, exception.InnerException, exception.BudgetName, exception.Limit));
        Assert.Equal("A budget has not enough left for the call.", new BudgetExceededException().Message);
    }
}
