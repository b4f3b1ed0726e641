namespace AiObs.Store.Events;

/// <summary>An event that is ready to be given its place in a chain.</summary>
/// <param name="Facts">What stays.</param>
/// <param name="Content">What can be erased; <see langword="null"/> where nothing was said.</param>
internal sealed record PreparedEvent(EventFacts Facts, EventContent? Content)
{
    /// <summary>Makes sure that an event that the log has under the same id is the same event, said what it said as far as it is still known.</summary>
    /// <exception cref="EventConflictException">It is another one.</exception>
    public void ThrowIfConflictsWith(EventFacts facts, EventContent? content)
    {
        var saysTheSame = Facts.SaysTheSameAs(facts)
            && (Content is null || content is not { Text: { } text } || text == Content.Text);
        if (!saysTheSame)
        {
            throw new EventConflictException(Facts.Id);
        }
    }
}
