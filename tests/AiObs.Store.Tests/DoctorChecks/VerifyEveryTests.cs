using AiObs.Events;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Store.Tests.DoctorChecks;

/// <summary>What a host verifies from time to time, and what is said of it.</summary>
public sealed class VerifyEveryTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestClock _clock = new();
    private readonly FakeLogCollector _logs = new();
    private readonly ScriptedLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_Starts_VerifiesAtOnceAndThenEachTimeAgainstTheTimeBefore()
    {
        EventLogAnchor anchor = new("w1", 3, new('a', 64));
        _log.Answer = new(3, 1, [], [anchor]) { IsKeyed = true };
        await using var provider = Build(s => s.VerifyEvery(Hour));
        var schedule = provider.GetRequiredService<ScheduledVerification>();
        Assert.Null(schedule.Last);

        await using var host = await StartAsync(provider);
        await _log.WaitAsync(1);
        await ReachedAsync(() => schedule.Last is not null);
        var start = _clock.GetUtcNow();
        Assert.Equal((start, true, null), (schedule.Last!.Time, schedule.Last.Result!.IsKeyed, schedule.Last.ErrorType));
        _clock.Advance(Hour);
        await _log.WaitAsync(2);
        await ReachedAsync(() => schedule.Last!.Time == start + Hour);

        Assert.Equal(Hour, schedule.Interval);
        Assert.Equal([null, [anchor]], _log.Asked);
        Assert.Empty(_logs.GetSnapshot());
        Assert.DoesNotContain(await FindAsync(provider), static finding => finding.Id is "AIOBS036" or "AIOBS037");
    }

    [Fact]
    public async Task Log_IsNotIntact_IsLoggedAsAnErrorAndFound()
    {
        _log.Answer = new(3, 1, [new(EventLogFaultKind.MissingEvent, "w1", 2, "2 is missing"), new(EventLogFaultKind.CutTail, "w1", 3, "3 is missing")], []);
        await using var provider = Build(s => s.VerifyEvery(Hour));

        await using var host = await StartAsync(provider);
        await ReachedAsync(() => provider.GetRequiredService<ScheduledVerification>().Last is not null && _logs.Count > 0);

        var finding = Assert.Single(await FindAsync(provider), static finding => finding.Id == "AIOBS036");
        Assert.Equal(
            (DoctorSeverity.Error, "The event log default is not intact, says its verification of 2026-01-01 00:00:00 UTC: 2 faults, the first a MissingEvent."),
            (finding.Severity, finding.Seen));
        Assert.Equal(
            "The event log default is not intact: 2 faults, the first a MissingEvent. IEventLog.VerifyAsync tells all of them.", Assert.Single(_logs.GetSnapshot()).Message);
    }

    [Fact]
    public async Task Log_CannotBeRead_IsTriedAgainAndFoundMeanwhile()
    {
        _log.Failure = new InvalidOperationException("secret");
        await using var provider = Build(s => s.VerifyEvery(Hour));
        var schedule = provider.GetRequiredService<ScheduledVerification>();

        await using var host = await StartAsync(provider);
        await ReachedAsync(() => schedule.Last is not null && _logs.Count > 0);
        var finding = Assert.Single(await FindAsync(provider), static finding => finding.Id == "AIOBS037");
        _log.Failure = null;
        _clock.Advance(Hour);
        await ReachedAsync(() => schedule.Last!.Result is not null);

        Assert.Equal("The event log default could not be verified at 2026-01-01 00:00:00 UTC: it failed with System.InvalidOperationException.", finding.Seen);
        Assert.DoesNotContain("secret", Assert.Single(_logs.GetSnapshot()).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await FindAsync(provider), static finding => finding.Id == "AIOBS037");
    }

    [Fact]
    public async Task Store_WithAName_HasAVerificationUnderIt()
    {
        await using var provider = Build(s => s.VerifyEvery(Hour), name: "audit");

        await using var host = await StartAsync(provider);
        await ReachedAsync(() => provider.GetRequiredKeyedService<ScheduledVerification>("audit").Last is not null);

        Assert.Null(provider.GetService<ScheduledVerification>());
    }

    [Fact]
    public async Task Host_WithoutVerifyEvery_VerifiesNothing()
    {
        await using var provider = Build(static _ => { });

        Assert.Null(provider.GetService<ScheduledVerification>());
        Assert.DoesNotContain(provider.GetServices<IHostedService>(), static service => service.GetType().Name == "LogVerifier");
    }

    [Theory]
    [InlineData(59)]
    [InlineData((24 * 24 * 60 * 60) + 1)]
    public void VerifyEvery_IntervalOutOfItsRange_Throws(double seconds) =>
        Assert.Equal("interval", Assert.Throws<ArgumentOutOfRangeException>(() => Build(s => s.VerifyEvery(TimeSpan.FromSeconds(seconds)))).ParamName);

    [Theory]
    [InlineData(60)]
    [InlineData(24 * 24 * 60 * 60)]
    public async Task VerifyEvery_IntervalAtTheEndsOfItsRange_IsTaken(double seconds)
    {
        await using var provider = Build(s => s.VerifyEvery(TimeSpan.FromSeconds(seconds)));

        Assert.Equal(TimeSpan.FromSeconds(seconds), provider.GetRequiredService<ScheduledVerification>().Interval);
    }

    [Fact]
    public void VerifyEvery_StoreWithoutEvents_Throws() => Assert.Contains(
        "VerifyEvery has nothing to verify",
        Assert.Throws<InvalidOperationException>(() => Build(s => s.Keep(StoreParts.Costs).VerifyEvery(Hour))).Message,
        StringComparison.Ordinal);

    private static async Task<IReadOnlyList<DoctorFinding>> FindAsync(IServiceProvider provider) => await provider.GetRequiredService<Doctor>().RunAsync(Token);

    private static async Task ReachedAsync(Func<bool> isReached)
    {
        while (!isReached())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<RunningServices> StartAsync(IServiceProvider provider)
    {
        var services = provider.GetServices<IHostedService>().ToArray();
        foreach (var service in services)
        {
            await service.StartAsync(Token);
        }

        return new(services);
    }

    private ServiceProvider Build(Action<StoreBuilder> configure, string? name = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock).AddSingleton(_logs.ToFactory());
        var root = services.AddAgentObservability(o => o.SourceName = $"verify-{Guid.NewGuid():N}");
        Action<StoreBuilder> all = s => configure(s.Use(events: (_, _) => _log, costs: static _ => new Cost.InMemoryCostStore()));
        _ = name is null ? root.AddStore(all) : root.AddStore(name, all);
        return services.BuildServiceProvider();
    }

    private sealed class RunningServices(IHostedService[] services) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var service in services)
            {
                await service.StopAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>A log that answers a verification as a test says.</summary>
    private sealed class ScriptedLog : IEventLog
    {
        private readonly List<IReadOnlyList<EventLogAnchor>?> _asked = [];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EventLogVerification Answer { get; set; } = new(0, 0, [], []);

        public Exception? Failure { get; set; }

        public IReadOnlyList<IReadOnlyList<EventLogAnchor>?> Asked => [.. _asked];

        public async Task WaitAsync(int count)
        {
            while (_asked.Count < count)
            {
                await _changed.Task.WaitAsync(Token);
            }
        }

        public ValueTask<EventLogVerification> VerifyAsync(IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default)
        {
            _asked.Add(anchors);
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
            return Failure is { } failure ? throw failure : new(Answer);
        }

        public ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<Erasure> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<Erasure> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
