namespace AiObs.OpenAI.Streams;

/// <summary>Hears of the content of a response as the caller reads it.</summary>
internal abstract class ContentObserver
{
    /// <summary>Gets a value indicating whether the response has said everything, whatever bytes may follow.</summary>
    public virtual bool IsOver => false;

    /// <summary>Called before the next bytes are asked for.</summary>
    public virtual void BeforeRead()
    {
    }

    /// <summary>Called with bytes that the caller is about to get.</summary>
    public abstract void Read(ReadOnlySpan<byte> bytes);

    /// <summary>Called once, when the content is over.</summary>
    public abstract void End();
}
