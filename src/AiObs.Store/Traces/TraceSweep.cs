using AiObs.Pipeline;
using Microsoft.Extensions.Hosting;

namespace AiObs.Store.Traces;

/// <summary>Drops what is too old while the host runs, and has what waits written when it stops.</summary>
internal sealed class TraceSweep(AgentObservability observability, TraceWriter writer, ITraceStore store, TraceOptions options) : BackgroundService
{
    private ObservabilityCore Core => observability.Core;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await writer.FlushAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.RetentionInterval, Core.Clock);
        do
        {
            await SweepAsync(stoppingToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        try
        {
            using var suppressed = AgentContext.Suppress();
            await store.ApplyRetentionAsync(options.Retention, stop).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A store that fails must not end the host; it is tried again.
        catch (Exception exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Core.Logger.TraceRetentionFailed(exception.GetType().FullName, options.RetentionInterval, exception.StackTrace);
        }
    }
}
