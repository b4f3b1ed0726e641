using AiObs.Chat;
using AiObs.Operations;

namespace AiObs.Http.Wire;

/// <summary>One call of a model, from its request to the end of its response. Nothing here throws.</summary>
internal abstract class WireCall
{
    private readonly Func<WireError, Exception> _toException;

    /// <summary>Initializes a new instance of the <see cref="WireCall"/> class.</summary>
    /// <param name="details">Where is noted what only the protocol says.</param>
    /// <param name="toException">Makes of what a service said went wrong what the caller's library throws of it, or would.</param>
    protected WireCall(WireDetails details, Func<WireError, Exception> toException)
    {
        Details = details;
        _toException = toException;
    }

    /// <summary>Gets the operation of the call; <see langword="null"/> before its start, and where it has none of its own.</summary>
    public ModelOperation? Operation { get; private set; }

    /// <summary>Gets where is noted what only the protocol says.</summary>
    public WireDetails Details { get; }

    /// <summary>Gets a value indicating whether a stream was asked for.</summary>
    public virtual bool IsStreamed => false;

    /// <summary>Gets a value indicating whether a stream has said everything.</summary>
    public virtual bool IsOver => false;

    /// <summary>Gets a value indicating whether a gate has nothing left for the rest of a stream.</summary>
    public virtual bool IsExhausted => false;

    /// <summary>Has the gates let the call through, before its start.</summary>
    /// <exception cref="CallRefusedException">A gate refuses the call. Nothing else is thrown.</exception>
    public virtual ValueTask AdmitAsync(CancellationToken cancellationToken) => default;

    /// <summary>Starts the call.</summary>
    /// <returns>Whether it is observed.</returns>
    public virtual bool Start() => true;

    /// <summary>Ends the call with a whole response.</summary>
    /// <param name="body">The response; empty where it is not known.</param>
    public abstract void End(ReadOnlyMemory<byte> body);

    /// <summary>Ends a call that threw, or that the service refused.</summary>
    public abstract void Fail(Exception exception, bool callerCancelled);

    /// <summary>Ends a call that the service refused.</summary>
    public void Fail(WireError error) => Fail(Describe(error), callerCancelled: false);

    /// <summary>Ends a call whose response the caller left before its end.</summary>
    public abstract void Abandon();

    /// <summary>Called when the caller asks for more of a stream.</summary>
    /// <param name="isThere">Whether there is more already, so that nothing has to be waited for.</param>
    public virtual void BeforeRead(bool isThere)
    {
    }

    /// <summary>Takes the data of one event of a stream.</summary>
    public virtual void Take(ReadOnlyMemory<byte> data)
    {
    }

    /// <summary>Looks into the data of an event that the caller did not ask for before leaving the stream.</summary>
    public virtual void Skim(ReadOnlyMemory<byte> data)
    {
    }

    /// <summary>Called once, before a stream ends because a gate has nothing left for it.</summary>
    public virtual void Cut()
    {
    }

    /// <summary>Ends a stream that came to its end.</summary>
    public virtual void EndStream()
    {
    }

    /// <summary>Notes what kind of error it is, and makes the exception of it.</summary>
    protected Exception Describe(WireError error)
    {
        Details.ErrorType = error.Type;
        return _toException(error);
    }

    /// <summary>Ends a chat with its response, which may say that it failed.</summary>
    protected void End(ChatRecorder recorder, ChatOperation operation, WireResponse read)
    {
        WireProperties.NoteOn(Details, read.Response.AdditionalProperties);
        Details.Choices = read.Choices;
        if (read.Error is { } error)
        {
            var exception = Describe(error);
            recorder.Apply(operation, read.Response);
            recorder.Fail(operation, exception, callerCancelled: false);
        }
        else
        {
            recorder.Complete(operation, read.Response);
        }
    }

    /// <summary>Notes the operation of the call.</summary>
    protected void Begin(ModelOperation operation)
    {
        Operation = operation;
        operation.Wire = Details;
    }
}
