using AiObs.Cost;
using AiObs.Cost.Pricing;
using AiObs.Events;
using AiObs.Soak.Load;
using AiObs.Soak.Sinks;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Soak.Observed;

/// <summary>Is AiObs with everything switched on, as the load goes through it.</summary>
internal sealed class ObservedSystem : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ObservedSystem(Places places, EventTaker recovering, EventTaker hanging, EventTaker slow)
    {
        RecoveringSink = new RecoveringSink(recovering);
        HangingSink = new HangingSink(hanging);
        var services = new ServiceCollection();
        services.Configure<JsonLinesFileSinkOptions>(options =>
        {
            options.Path = places.EventFile;
            options.MaxFileSize = 8 * 1024 * 1024;
        });
        var builder = services
            .AddAgentObservability(static options =>
            {
                options.CaptureContent = ContentCapture.All;
                options.Privacy.RedactionRules = RedactionRules.All;
            })
            .AddCostTracking(SetCosts)
            .ConfigureEvents(static options => options.ShutdownTimeout = TimeSpan.FromMinutes(2))
            .AddEventSink(RecoveringSink, Recover, SinkNames.Recovering)
            .AddEventSink(HangingSink, TimeOut, SinkNames.Hanging)
            .AddEventSink(new SlowSink(slow), Overflow, SinkNames.Slow)
            .AddEventSink<JsonLinesFileSink>(Hold, SinkNames.File);
        Logs.Add(builder, places);
        _services = services.BuildServiceProvider();
        Observability = _services.GetRequiredService<AgentObservability>();
    }

    public AgentObservability Observability { get; }

    public CostTracking Costs => Observability.Costs!;

    public RecoveringSink RecoveringSink { get; }

    public HangingSink HangingSink { get; }

    /// <summary>Writes what waits and lets go of everything.</summary>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static void SetCosts(CostTrackingOptions options)
    {
        // Small, so that what fills up is full before the second half begins.
        options.AccumulatorCapacity = 100;
        options.Reservations.KeyCapacity = 100;
        options.StoreQueueCapacity = 100_000;

        // The model servers stand on this machine and are asked as those of the providers would be.
        options.Pricing.LocalCalls = LocalCallPricing.LikeProvider;
        options.Pricing.Prices.Add(new PriceOverride
        {
            Model = KnownPrices.Agreed,
            Rates =
            {
                ["input_mtok"] = KnownPrices.AgreedInput,
                ["cache_read_mtok"] = KnownPrices.AgreedInput,
                ["cache_write_mtok"] = KnownPrices.AgreedInput,
                ["output_mtok"] = KnownPrices.AgreedOutput,
            },
        });
        Budgets.Add(options);
    }

    private static void Recover(EventSinkOptions options)
    {
        Hold(options);
        options.BackOff = TimeSpan.FromMilliseconds(50);
        options.MaxBackOff = TimeSpan.FromMilliseconds(400);
    }

    private static void TimeOut(EventSinkOptions options)
    {
        Recover(options);
        options.WriteTimeout = TimeSpan.FromMilliseconds(300);
    }

    private static void Overflow(EventSinkOptions options)
    {
        options.QueueCapacity = 50;
        options.BatchSize = 10;
    }

    private static void Hold(EventSinkOptions options) => options.QueueCapacity = 500_000;
}
