namespace AiObs.Operations.Content;

/// <summary>One part of a message.</summary>
internal abstract record MessagePart
{
    private protected MessagePart()
    {
    }

    /// <summary>Gets a value indicating whether every convention has a place for this kind of part, and no converter drops it.</summary>
    internal virtual bool IsPortable => true;
}
