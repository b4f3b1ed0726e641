namespace AiObs.Http.Streams;

/// <summary>Hears of the content of a response as the caller reads it.</summary>
internal abstract class ContentObserver
{
    /// <summary>Gets a value indicating whether the response has said everything, whatever bytes may follow.</summary>
    public virtual bool IsOver => false;

    /// <summary>Called when the caller asks for more.</summary>
    /// <param name="isThere">Whether there is more already, so that nothing has to be waited for.</param>
    public virtual void BeforeRead(bool isThere)
    {
    }

    /// <summary>Called with bytes that the caller may get.</summary>
    /// <returns>How many of them the caller is to get now. The others come here again when more is asked for.</returns>
    public abstract int Read(ReadOnlySpan<byte> bytes);

    /// <summary>Called with bytes that are there, and that the caller did not ask for before the content ended. Another thread may be reading still.</summary>
    public virtual void Skim(UnreadBytes unread)
    {
    }

    /// <summary>Called once, when the content is over.</summary>
    public abstract void End();

    /// <summary>Called once, in the place of <see cref="End"/>, when the caller leaves the content before its end.</summary>
    public abstract void Leave();
}
