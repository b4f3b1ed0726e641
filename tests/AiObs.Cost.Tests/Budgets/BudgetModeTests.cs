using System.Diagnostics;
using AiObs.Cost.Budgets;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.Tracing;
using Microsoft.Extensions.Logging;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetModeTests
{
    [Fact]
    public void Block_NotEnoughLeft_IsCountedAndToldToObservers()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "daily", Limit = 1, Scope = BudgetScope.User });
        gate.Spend(Call(0.75m, context: User("ann")));

        var refusal = gate.Refuse(Call(0.5m, context: User("ann")));

        var violation = Assert.Single(fixture.Violations.All);
        Assert.Equal("budget", violation.Policy);
        Assert.Equal(refusal.Message, violation.Reason);
        Assert.Equal("ann", violation.Context.UserId);
        Assert.Equal(
            """
            aiobs.budget.key: ann
            aiobs.budget.limit: 1
            aiobs.budget.mode: block
            aiobs.budget.name: daily
            aiobs.budget.requested: 0.5
            aiobs.budget.reserved: 0
            aiobs.budget.resets_at: 2026-01-02T00:00:00.0000000+00:00
            aiobs.budget.scope: user
            aiobs.budget.spent: 0.75
            aiobs.budget.unit: usd
            """,
            string.Join('\n', violation.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal).Select(detail => FormattableString.Invariant($"{detail.Key}: {detail.Value}"))));
        AssertCounted(fixture, "daily", "user", "block");
        Assert.Empty(fixture.Logs.GetSnapshot());
    }

    [Fact]
    public void Block_NothingExceeded_TellsNothing()
    {
        using var fixture = new GateFixture();
        fixture.Gate(new Budget { Name = "b", Limit = 1 }).Spend(Call(1));

        Assert.Empty(fixture.Violations.All);
        Assert.Empty(fixture.Metrics.Of("aiobs.budget.refusals"));
    }

    [Fact]
    public void Warn_NotEnoughLeft_PassesWithOneWarningPerWindow()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Mode = BudgetMode.Warn });

        gate.Spend(Call(2));
        gate.Spend(Call(2));

        var log = Assert.Single(fixture.Logs.GetSnapshot());
        Assert.Equal(LogLevel.Warning, log.Level);
        Assert.Contains("Budget 'b' has not enough left", log.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Violations.All);
        Assert.Equal(2, fixture.Metrics.Of("aiobs.budget.refusals").Count);
        Assert.Equal(4, gate.Overview.Find("b")!.Spent);
    }

    [Theory]
    [InlineData(BudgetWindow.CalendarDay, 24)]
    [InlineData(BudgetWindow.Rolling, 1)]
    public void Warn_NextWindow_WarnsAgain(BudgetWindow window, int hours)
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget
        {
            Name = "b",
            Limit = 1,
            Mode = BudgetMode.Warn,
            Window = window,
            Period = window == BudgetWindow.Rolling ? TimeSpan.FromHours(1) : null,
        });
        gate.Spend(Call(2));

        fixture.Clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromTicks(1));
        gate.Spend(Call(2));
        Assert.Single(fixture.Logs.GetSnapshot());

        fixture.Clock.Advance(TimeSpan.FromTicks(1));
        gate.Spend(Call(2));
        Assert.Equal(2, fixture.Logs.GetSnapshot().Count);
    }

    [Fact]
    public void Shadow_NotEnoughLeft_PassesAndIsOnlyCounted()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Mode = BudgetMode.Shadow });

        gate.Spend(Call(2));

        AssertCounted(fixture, "b", "global", "shadow");
        Assert.Empty(fixture.Logs.GetSnapshot());
        Assert.Empty(fixture.Violations.All);
    }

    [Fact]
    public void Reserve_WarnAndShadowBesideBlock_CallThatIsRefusedIsCountedOnce()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(
            new Budget { Name = "w", Limit = 1, Mode = BudgetMode.Warn },
            new Budget { Name = "s", Limit = 1, Mode = BudgetMode.Shadow },
            new Budget { Name = "b", Limit = 1 });

        Assert.Equal("b", gate.Refuse(Call(2)).BudgetName);

        AssertCounted(fixture, "b", "global", "block");
    }

    [Fact]
    public void Block_InsideAnAgentRun_IsAnEventOnItsSpan()
    {
        using var root = new ObservedRoot();
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1 });

        using (root.Root.Tracer.StartAgent("helper", new AgentStart { Input = "x" }))
        {
            gate.Refuse(Call(2));
        }

        var span = root.Spans.Only();
        var told = Assert.Single(span.Events);
        Assert.Equal("policy_violation", told.Name);
        var tags = told.Tags.ToDictionary();
        Assert.Equal("budget", tags["aiobs.policy.name"]);
        Assert.Equal("b", tags["aiobs.budget.name"]);
        Assert.Equal(2.0, tags["aiobs.budget.requested"]);
        Assert.StartsWith("Budget 'b' has not enough left", (string)tags["aiobs.policy.reason"]!, StringComparison.Ordinal);
        Assert.Equal("helper", Assert.Single(fixture.Violations.All).Operation!.Name);
    }

    [Fact]
    public void Block_CallerHasASpanOfItsOwn_LeavesItAlone()
    {
        using var fixture = new GateFixture();
        using var activity = new Activity("theirs").Start();

        fixture.Gate(new Budget { Name = "b", Limit = 1 }).Refuse(Call(2));

        Assert.Empty(activity.Events);
    }

    [Fact]
    public void Block_ObserverThrows_RefusalIsTheSame()
    {
        using var fixture = new GateFixture(observer: new ThrowingObserver());

        fixture.Gate(new Budget { Name = "b", Limit = 1 }).Refuse(Call(2));

        Assert.Equal("observer", fixture.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    private static void AssertCounted(GateFixture fixture, string name, string scope, string mode)
    {
        var counted = fixture.Metrics.Only("aiobs.budget.refusals");
        Assert.Equal(1L, counted.Value);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["aiobs.budget.name"] = name,
                ["aiobs.budget.scope"] = scope,
                ["aiobs.budget.mode"] = mode,
            },
            counted.Tags);
    }

    private sealed class ThrowingObserver : IOperationObserver
    {
        public void Started(AgentOperation operation)
        {
        }

        public void Completed(AgentOperation operation)
        {
        }

        public void Violated(PolicyViolation violation) => throw new InvalidOperationException("observer");
    }
}
