namespace AiObs.Store.Events;

/// <summary>What a chain looks like at one point.</summary>
/// <param name="Writer">Whose chain.</param>
/// <param name="Count">How many events it has, which is the sequence number of the last.</param>
/// <param name="Hash">The hash of the last event, or the genesis of a chain that has none; never changed in place.</param>
internal sealed record ChainHead(string Writer, long Count, byte[] Hash)
{
    /// <summary>Gets the hash as logs show it.</summary>
    public string HashText => Convert.ToHexStringLower(Hash);

    /// <summary>Returns what an anchor says.</summary>
    /// <exception cref="ArgumentException">Its hash is not one.</exception>
    public static ChainHead Of(EventLogAnchor anchor)
    {
        try
        {
            return new ChainHead(anchor.Writer, anchor.Count, Convert.FromHexString(anchor.HeadHash));
        }
        catch (FormatException exception)
        {
            throw new ArgumentException(
                $"The hash of the anchor of writer {anchor.Writer} is not hexadecimal. Give the anchors as a verification returned them.",
                nameof(anchor),
                exception);
        }
    }

    /// <summary>Returns what proves, outside of the log, that the chain was like this.</summary>
    public EventLogAnchor ToAnchor() => new(Writer, Count, HashText);
}
