using System.Text.Json;
using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>Holds checkpoints against the <c>retention_applied</c> events, which are in the chain: nothing was dropped that none of them tells of.</summary>
internal sealed class RetentionCheck
{
    private (ChainHead Place, long Dropped, string Checkpoints)? _newest;
    private bool _hasFirstRelease;

    /// <summary>Takes an event that tells of a retention.</summary>
    /// <param name="told">The event.</param>
    /// <param name="isOfFirstRelease">Whether its writer is one of 0.1.0, which did not tell of checkpoints.</param>
    public void Tell(StoredEvent told, bool isOfFirstRelease)
    {
        if (isOfFirstRelease)
        {
            _hasFirstRelease = true;
        }
        else if (Read(told.Facts.Data) is var (dropped, checkpoints) && dropped > (_newest?.Dropped ?? 0))
        {
            // Each one drops more than the one before has left.
            _newest = (told.Place, dropped, checkpoints);
        }
    }

    /// <summary>Compares the newest checkpoint of each writer.</summary>
    public void Check(IReadOnlyList<ChainCheckpoint> checkpoints, Func<string, WriterVerifier> writerOf)
    {
        if (_newest is var (place, _, told))
        {
            if (told != ChainCheckpoint.DigestOf(checkpoints))
            {
                writerOf(place.Writer).Report(
                    EventLogFaultKind.HeadMismatch, place.Count, $"The checkpoints are not those that event {place.Count}, a {AgentEventTypes.RetentionApplied}, tells of.");
            }
        }
        else if (!_hasFirstRelease)
        {
            foreach (var checkpoint in checkpoints)
            {
                writerOf(checkpoint.Head.Writer).Report(
                    EventLogFaultKind.HeadMismatch,
                    checkpoint.Head.Count,
                    $"A checkpoint says that {checkpoint.Head.Count} events were dropped, but no {AgentEventTypes.RetentionApplied} tells of it.");
            }
        }
    }

    private static (long Dropped, string Checkpoints)? Read(string data)
    {
        try
        {
            var facts = EventDataJson.Read(data);
            return facts.GetValueOrDefault(EventDataKeys.Dropped) is long dropped && facts.GetValueOrDefault(EventDataKeys.Checkpoints) is string checkpoints
                ? (dropped, checkpoints)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Somebody changed it, which the chain says.
            return null;
        }
    }
}
