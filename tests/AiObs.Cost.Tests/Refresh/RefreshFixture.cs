using AiObs.Cost.Pricing;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Polly;

namespace AiObs.Cost.Tests.Refresh;

/// <summary>A root whose prices are refreshed from a server of the test, when the test asks or its clock says so.</summary>
internal sealed class RefreshFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly MetricCollector _metrics;

    public RefreshFixture(Uri url, Action<PriceRefreshOptions>? configure = null, TestClock? clock = null, bool isObserved = true)
    {
        Clock = clock ?? new TestClock(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));
        var source = $"refresh-{Guid.NewGuid():N}";
        _metrics = new MetricCollector(source);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock).AddSingleton(Logs.ToFactory());
        services.AddAgentObservability(options => (options.SourceName, options.Enabled) = (source, isObserved)).AddPriceRefresh(options =>
        {
            options.Url = url;
            options.Interval = TimeSpan.Zero;
            configure?.Invoke(options);
        });

        // Retries as in production, only at once.
        services.Configure<HttpStandardResilienceOptions>("AiObs.Prices-standard", static options =>
        {
            options.Retry.Delay = TimeSpan.Zero;
            options.Retry.UseJitter = false;
            options.Retry.BackoffType = DelayBackoffType.Constant;
        });
        _services = services.BuildServiceProvider();
        Refresh = _services.GetRequiredService<PriceRefresh>();
    }

    public TestClock Clock { get; }

    public FakeLogCollector Logs { get; } = new();

    public PriceRefresh Refresh { get; }

    public AgentObservability Root => _services.GetRequiredService<AgentObservability>();

    /// <summary>Gets the parts that faults were counted for, in order.</summary>
    public IEnumerable<object?> Faults => _metrics.Of("aiobs.faults").Select(static fault => fault.Tags["aiobs.part"]);

    /// <summary>Gets the warnings so far.</summary>
    public IReadOnlyList<string> Warnings => [.. Logs.GetSnapshot().Where(static log => log.Level == LogLevel.Warning).Select(static log => log.Message)];

    /// <summary>Gets for how many seconds the table was not known to be current, as the metric tells.</summary>
    public double Age
    {
        get
        {
            _metrics.RecordObservableInstruments();
            return (double)_metrics.Of("aiobs.prices.age")[^1].Value;
        }
    }

    public Task<PriceRefreshResult> RefreshAsync() => Refresh.RefreshAsync(TestContext.Current.CancellationToken);

    /// <summary>Prices a call of a model of Anthropic.</summary>
    public async Task<CostReceipt> PriceAsync(string model, long input, long output)
    {
        var usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
        var record = await Root.CostRecorder!.RecordAsync(
            usage, new CostRecording { Provider = "anthropic", ResponseModel = model }, TestContext.Current.CancellationToken);
        return record.Receipt;
    }

    public async ValueTask DisposeAsync()
    {
        var disposal = _services.DisposeAsync().AsTask();
        while (!disposal.IsCompleted)
        {
            // What retries waits for requests that have just been ended, and looks once a second whether they have: by this clock.
            Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await disposal;
        _metrics.Dispose();
    }
}
