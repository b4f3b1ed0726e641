namespace AiObs.Operations.Content;

/// <summary>One part of a message.</summary>
internal abstract record MessagePart
{
    private protected MessagePart()
    {
    }

    /// <summary>Gets a value indicating whether every convention has a place for this kind of part.</summary>
    /// <remarks>
    /// Parts that some converters drop stand last in their message: in the middle they would shift the positions
    /// of the parts after them in one convention and not in the other.
    /// </remarks>
    internal virtual bool IsPortable => true;
}
