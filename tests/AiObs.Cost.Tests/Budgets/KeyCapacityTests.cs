using AiObs.Cost.Budgets;
using AiObs.Operations;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class KeyCapacityTests
{
    [Fact]
    public void Reserve_MoreKeysThanThereIsRoomFor_TheyShareOneLimit()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture, capacity: 2);
        Spend(gate, "a", "b", "c");

        Assert.Equal(["(other)", "a", "b"], Keys(gate));
        Assert.Equal("(other)", gate.Refuse(Call(0.6m, context: User("d"))).ScopeKey);
        Assert.True(gate.Admits(Call(0.5m, context: User("a"))));
        Assert.Equal(2, fixture.Metrics.Of("aiobs.budget.key_overflows").Count);
        Assert.Equal("b", fixture.Metrics.Of("aiobs.budget.key_overflows")[0].Tags["aiobs.budget.name"]);
    }

    [Fact]
    public void Reserve_AnAccountHoldsNothing_ItMakesRoom()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture, capacity: 2);
        Spend(gate, "a");
        gate.Reserve(Call(0.5m, context: User("b")))!.Release();

        Spend(gate, "c");

        Assert.Equal(["a", "c"], Keys(gate));
    }

    [Fact]
    public void Reserve_SpendHasLeftTheWindow_ItsAccountMakesRoom()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture, capacity: 2);
        Spend(gate, "a");
        fixture.Clock.Advance(TimeSpan.FromMinutes(40));
        Spend(gate, "b");
        fixture.Clock.Advance(TimeSpan.FromMinutes(40));

        Spend(gate, "c");

        Assert.Equal(["b", "c"], Keys(gate));
    }

    [Fact]
    public void Reserve_CallWithMoreTagsThanThereIsRoomFor_LosesNoneOfItsAccounts()
    {
        using var fixture = new GateFixture();
        fixture.Reservations.KeyCapacity = 1;
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Scope = BudgetScope.Tag });

        gate.Spend(Call(0.6m, context: Tagged("a", "b")));

        Assert.Equal(["(other)", "a"], Keys(gate));
        Assert.Equal("a", gate.Refuse(Call(0.5m, context: Tagged("a"))).ScopeKey);
        Assert.Equal("(other)", gate.Refuse(Call(0.5m, context: Tagged("b"))).ScopeKey);
    }

    [Fact]
    public void Reserve_TagsThatAreRedacted_HaveAccountsOfTheirOwnThatShowNothing()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Scope = BudgetScope.Tag });

        gate.Spend(Call(0.6m, context: Redacted("a@b.io")));

        Assert.Equal("[EMAIL]", gate.Refuse(Call(0.5m, context: Redacted("a@b.io"))).ScopeKey);
        Assert.True(gate.Admits(Call(0.5m, context: Redacted("c@d.io"))));
    }

    [Fact]
    public void Reserve_AnAccountHasACallRunning_ItStays()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture, capacity: 1);
        var running = gate.Reserve(Call(0.5m, context: User("a")));

        Spend(gate, "b");

        Assert.NotNull(running);
        Assert.Equal(["(other)", "a"], Keys(gate));
    }

    [Fact]
    public void Reserve_SharedAccountIsInUse_NewKeysGoThereEvenWhenThereIsRoom()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture, capacity: 1);
        var first = gate.Reserve(Call(0.5m, context: User("a")))!;
        Spend(gate, "b");
        first.Release();

        Assert.False(gate.Admits(Call(0.6m, context: User("b"))));

        fixture.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True(gate.Admits(Call(1, context: User("b"))));
    }

    [Fact]
    public void Reserve_KeysThatShareAnAccount_AreCountedOnItOnce()
    {
        using var fixture = new GateFixture();
        fixture.Reservations.KeyCapacity = 1;
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Scope = BudgetScope.Tag });
        gate.Spend(Call(0.1m, context: Tagged("a")));

        gate.Spend(Call(0.5m, context: Tagged("x", "y")));

        Assert.Equal(0.5m, gate.Overview.Find("b", "(other)")!.Spent);
    }

    [Fact]
    public void Reserve_ManyKeysInTurn_StayWithinTheCapacity()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture, capacity: 50);
        for (var i = 0; i < 2_000; i++)
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            gate.Spend(Call(0.001m, context: User(FormattableString.Invariant($"user {i}"))));
        }

        Assert.InRange(Keys(gate).Count, 1, 51);
    }

    private static OperationContext Redacted(string tag) => Tagged("[EMAIL]") with { UnmaskedTags = [tag] };

    private static BudgetGate Gate(GateFixture fixture, int capacity)
    {
        fixture.Reservations.KeyCapacity = capacity;
        return fixture.Gate(new Budget
        {
            Name = "b",
            Limit = 1,
            Scope = BudgetScope.User,
            Window = BudgetWindow.Rolling,
            Period = TimeSpan.FromHours(1),
        });
    }

    private static void Spend(BudgetGate gate, params string[] users)
    {
        foreach (var user in users)
        {
            gate.Spend(Call(0.5m, context: User(user)));
        }
    }

    private static List<string?> Keys(BudgetGate gate) => [.. gate.Overview.List().Select(status => status.Key)];
}
