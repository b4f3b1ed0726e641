using System.Globalization;

namespace AiObs.Store;

/// <summary>An event was appended under the id of another event. Nothing of the batch was appended.</summary>
public sealed class EventConflictException : InvalidOperationException
{
    internal EventConflictException(Guid eventId)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The log has another event under the id {eventId}. Give each event an id of its own; only the same event may be appended again."))
        => EventId = eventId;

    /// <summary>Gets the id.</summary>
    public Guid EventId { get; }
}
