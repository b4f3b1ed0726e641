using AiObs.Cost.Budgets;
using AiObs.Operations;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetScopeTests
{
    public static TheoryData<BudgetScope> Keyed => [BudgetScope.User, BudgetScope.Conversation, BudgetScope.Session, BudgetScope.Tag];

    [Theory]
    [MemberData(nameof(Keyed))]
    public void Reserve_KeyHasSpentItsLimit_OthersHaveTheirs(BudgetScope scope)
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Scope = scope });
        gate.Spend(Call(1, context: Of(scope, "one")));

        var refusal = gate.Refuse(Call(0.01m, context: Of(scope, "one")));

        Assert.Equal("one", refusal.ScopeKey);
        Assert.Equal(scope, refusal.Scope);
        Assert.True(gate.Admits(Call(1, context: Of(scope, "two"))));
    }

    [Theory]
    [MemberData(nameof(Keyed))]
    public void Reserve_CallHasNoKey_DoesNotCount(BudgetScope scope)
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Scope = scope });

        Assert.Null(gate.Reserve(Call(5)));
    }

    [Fact]
    public void Reserve_GlobalBudget_CountsEverybodyTogether()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1 });
        gate.Spend(Call(0.5m, context: User("one")));
        gate.Spend(Call(0.5m, context: User("two")));

        Assert.Null(gate.Refuse(Call(0.01m)).ScopeKey);
    }

    [Fact]
    public void Reserve_NamedTag_CountsCallsThatHaveIt()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Scope = BudgetScope.Tag, Tag = "batch" });

        gate.Spend(Call(1, context: Tagged("x", "batch")));

        Assert.Equal("batch", gate.Refuse(Call(0.01m, context: Tagged("batch"))).ScopeKey);
        Assert.Null(gate.Reserve(Call(5, context: Tagged("x"))));
    }

    [Fact]
    public void Reserve_EveryTagApart_CallCountsToEachOfItsTagsOnce()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Scope = BudgetScope.Tag });

        gate.Spend(Call(0.4m, context: Tagged("x", "y", "x")));

        Assert.Equal(["x", "y"], gate.Overview.List().Select(status => status.Key));
        Assert.All(gate.Overview.List(), status => Assert.Equal(0.4m, status.Spent));
    }

    [Theory]
    [InlineData("gpt-4o-mini", true)]
    [InlineData("GPT-4o", true)]
    [InlineData("claude-sonnet-4-5", false)]
    [InlineData(null, false)]
    public void Reserve_ModelPrefix_CountsModelsThatBeginWithIt(string? model, bool counts)
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, ModelPrefix = "gpt-4" });

        Assert.Equal(counts, gate.Reserve(Call(0.5m, model: model)) is not null);
    }

    [Fact]
    public void Reserve_OneOfSeveralBudgetsRefuses_NothingIsReservedInTheOthers()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(
            new Budget { Name = "all", Limit = 10, TokenLimit = 1_000 },
            new Budget { Name = "user", Limit = 1, Scope = BudgetScope.User },
            new Budget { Name = "call", Limit = 5, Window = BudgetWindow.PerCall });

        var refusal = gate.Refuse(Call(2, tokens: 100, context: User("one")));

        Assert.Equal("user", refusal.BudgetName);
        Assert.All(gate.Overview.List(), status => Assert.Equal(0, status.Reserved));
        Assert.True(gate.Admits(Call(2, tokens: 1_000)));
    }

    [Fact]
    public void Settle_SeveralBudgets_EachIsChargedInItsUnit()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(
            new Budget { Name = "all", Limit = 10, TokenLimit = 1_000 }, new Budget { Name = "user", Limit = 1, Scope = BudgetScope.User });

        gate.Reserve(Call(0.5m, tokens: 100, context: User("one")))!.Settle(0.25m, 80);

        Assert.Equal(
            [("all", BudgetUnit.Usd, 0.25m), ("all", BudgetUnit.Tokens, 80m), ("user", BudgetUnit.Usd, 0.25m)],
            gate.Overview.List().Select(status => (status.Budget, status.Unit, status.Spent)));
    }

    [Fact]
    public void Reserve_NoBudgets_ReservesNothing()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate();

        Assert.False(gate.HasBudgets);
        Assert.Null(gate.Reserve(Call(5)));
        Assert.DoesNotContain(fixture.Metrics.Instruments, static instrument => instrument.Name.StartsWith("aiobs.budget", StringComparison.Ordinal));
    }

    private static OperationContext Of(BudgetScope scope, string key) => scope switch
    {
        BudgetScope.User => User(key),
        BudgetScope.Conversation => OperationContext.Empty with { ConversationId = key },
        BudgetScope.Session => OperationContext.Empty with { SessionId = key },
        _ => Tagged(key),
    };
}
