using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiObs.Store.Events;

/// <summary>Verifies an event log while the host runs: at its start, and then from time to time. Each time also against what the time before found.</summary>
internal sealed class LogVerifier(IEventLog log, string name, ScheduledVerification schedule, ILogger logger, TimeProvider clock) : BackgroundService
{
    private IReadOnlyList<EventLogAnchor>? _anchors;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(schedule.Interval, clock);
        do
        {
            await VerifyAsync(stoppingToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task VerifyAsync(CancellationToken stop)
    {
        var time = clock.GetUtcNow();
        try
        {
            using var suppressed = AgentContext.Suppress();
            var result = await log.VerifyAsync(_anchors, stop).ConfigureAwait(false);
            schedule.Last = new(time, result);
            if (result.IsIntact)
            {
                _anchors = result.Anchors;
            }
            else
            {
                logger.LogNotIntact(name, result.Faults.Count, result.Faults[0].Kind);
            }
        }
#pragma warning disable CA1031 // A log that cannot be read must not end the host; it is tried again.
        catch (Exception exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            schedule.Last = new(time, Result: null, exception.GetType().FullName);
            logger.LogNotVerified(name, exception.GetType().FullName, schedule.Interval, exception.StackTrace);
        }
    }
}
