using AiObs.Cost.Budgets;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.TestSupport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Cost.Tests.Budgets;

/// <summary>What a gate needs, with a clock that stands still, and everything that comes out of it.</summary>
internal sealed class GateFixture : IDisposable
{
    private readonly string _source = $"budgets-{Guid.NewGuid():N}";

    public GateFixture(DateTimeOffset? start = null, ILogger? logger = null, IOperationObserver? observer = null)
    {
        Clock = new TestClock(start);
        Metrics = new MetricCollector(_source);
        Core = new ObservabilityCore(
            new AgentObservabilityOptions { SourceName = _source },
            logger ?? new FakeLogger(Logs, "AiObs"),
            Clock,
            [observer ?? Violations]);
    }

    public TestClock Clock { get; }

    public FakeLogCollector Logs { get; } = new();

    public MetricCollector Metrics { get; }

    public ViolationCollector Violations { get; } = new();

    public ObservabilityCore Core { get; }

    public ReservationOptions Reservations { get; } = new();

    public BurnRateOptions BurnRates { get; } = new();

    public BudgetGate Gate(params Budget[] budgets) => new(budgets, Reservations, BurnRates, Core);

    /// <summary>Makes a call whose estimate is as high as it can come, unless the highest is given.</summary>
    public static BudgetRequest Call(decimal cost = 0, long tokens = 0, decimal? highest = null, string? model = "m", OperationContext? context = null) =>
        new(context ?? OperationContext.Empty, model, cost, tokens) { HighestCost = highest ?? cost, HighestTokens = tokens };

    /// <summary>Makes a call of which nobody knows how much it may cost.</summary>
    public static BudgetRequest OpenEnded(decimal cost) => new(OperationContext.Empty, "m", cost, 0);

    /// <summary>Makes a call of a model without a price.</summary>
    public static BudgetRequest Unpriced(long tokens = 0) => new(OperationContext.Empty, "m", null, tokens) { HighestTokens = tokens };

    public static OperationContext User(string id) => OperationContext.Empty with { UserId = id };

    public static OperationContext Tagged(params string[] tags) => OperationContext.Empty with { Tags = tags };

    public void Dispose()
    {
        Metrics.Dispose();
        Core.Dispose();
    }

    internal sealed class ViolationCollector : IOperationObserver
    {
        public List<PolicyViolation> All { get; } = [];

        public List<Notice> Notices { get; } = [];

        public void Started(AgentOperation operation)
        {
        }

        public void Completed(AgentOperation operation)
        {
        }

        public void Violated(PolicyViolation violation) => All.Add(violation);

        void IOperationObserver.Noticed(Notice notice) => Notices.Add(notice);
    }
}
