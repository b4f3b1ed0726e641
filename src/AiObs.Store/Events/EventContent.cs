namespace AiObs.Store.Events;

/// <summary>What was said in an event, which can be erased.</summary>
/// <param name="Text">The content; <see langword="null"/> once erased.</param>
/// <param name="Salt">The salt of its commitment; <see langword="null"/> once erased.</param>
/// <param name="ErasedBy">The <c>content_erased</c> event that tells of the erasure.</param>
internal sealed record EventContent(string? Text, byte[]? Salt, Guid? ErasedBy = null)
{
    /// <summary>Returns what is left of erased content.</summary>
    public static EventContent Erased(Guid by) => new(null, null, by);
}
