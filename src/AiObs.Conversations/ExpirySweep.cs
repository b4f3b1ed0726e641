using AiObs.Conversations.Storing;
using AiObs.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Conversations;

/// <summary>Erases what has expired while the host runs, where the options ask for that.</summary>
internal sealed class ExpirySweep(AgentObservability observability, AgentConversations conversations, IOptions<ConversationOptions> options) : BackgroundService
{
    private ObservabilityCore Core => observability.Core;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.EraseExpiredEvery is not { } interval)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval, Core.Clock);
        do
        {
            await SweepAsync(interval, stoppingToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task SweepAsync(TimeSpan interval, CancellationToken stop)
    {
        try
        {
            await conversations.EraseExpiredAsync(stop).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A store that fails must not end the host; it is tried again.
        catch (Exception exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Core.Logger.ExpirySweepFailed(exception.GetType().FullName, interval, exception.StackTrace);
        }
    }
}
