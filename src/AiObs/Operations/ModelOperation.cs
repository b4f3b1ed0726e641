using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>A call of a model: a chat or an embedding request.</summary>
public abstract class ModelOperation : AgentOperation
{
    private OperationIds? _ids;
    private string? _callId;
    private object? _reportedCost;
    private AttemptLog? _attempts;
    private volatile bool _givesWay;
    private volatile CallProgress _progress;

    private protected ModelOperation(OperationKind kind, ModelEndpoint endpoint, string? requestModel)
        : base(kind)
    {
        Endpoint = endpoint;
        Name = requestModel;
    }

    /// <summary>Gets who serves the model and where.</summary>
    public ModelEndpoint Endpoint { get; }

    /// <summary>Gets the model that was asked for; <see langword="null"/> when the client decides.</summary>
    public string? RequestModel => Name;

    /// <summary>Gets the model that answered; <see langword="null"/> until, or unless, it is known.</summary>
    public string? ResponseModel { get; internal set; }

    /// <summary>Gets the tokens used, with inclusive totals; <see langword="null"/> when the provider did not say.</summary>
    public TokenUsage? Usage { get; internal set; }

    /// <summary>Gets the id of the call, a UUID that sorts by time: what is kept of the call elsewhere, such as its cost record, bears it too.</summary>
    public string CallId => _callId ??= NextId().ToString();

    /// <summary>Gets what the call cost; <see langword="null"/> while it runs, where nothing tracks costs, and where a call that failed took nothing that is known of.</summary>
    public CallCost? Cost { get; internal set; }

    /// <summary>Gets what the call cost in USD, where whoever made it says so.</summary>
    public decimal? ReportedCost
    {
        // In a box, because few calls have one and an empty decimal takes the room of three fields.
        get => (decimal?)_reportedCost;
        internal set => _reportedCost = value;
    }

    /// <summary>Gets or sets what the gates gave to the call; <see langword="null"/> where there is nothing to settle.</summary>
    internal CallTicket? Ticket { get; set; }

    /// <summary>Gets or sets a value indicating whether the gates have been asked, or told, of the call.</summary>
    internal bool IsAdmitted { get; set; }

    /// <summary>Gets a value indicating whether observation is off, so that nobody hears of the call but the gates.</summary>
    internal bool IsMuted { get; init; }

    /// <summary>Gets or sets those who hear of the call.</summary>
    internal OperationObservers? Observers { get; set; }

    /// <summary>Gets or sets a value indicating whether the application's own tracing opened it.</summary>
    internal bool IsTraced { get; set; }

    /// <summary>Gets a value indicating whether an observed client or generator makes it, of which is seen when it begins to wait.</summary>
    internal bool IsOfClient { get; init; }

    /// <summary>Gets a value indicating whether a call inside is observed by itself, so that tokens and cost are that one's.</summary>
    internal bool GivesWay => _givesWay;

    /// <summary>Gets or sets the invocation of a function that it was started in; <see langword="null"/> outside of function loops.</summary>
    internal FunctionInvocationContext? LoopContext { get; set; }

    /// <summary>Gets a value indicating whether the current flow is inside of a function that a loop invokes further inside than where the operation was started.</summary>
    internal bool IsInsideOfTool => !ReferenceEquals(FunctionInvokingChatClient.CurrentContext, LoopContext);

    /// <summary>Gets or sets the observer further inside that left the call to this operation, which does not know of it.</summary>
    internal object? HiddenObserver { get; set; }

    /// <summary>Gets or sets what tells the request from others: the last message of a chat, or the values to embed. Stacked decorators pass it on as it is.</summary>
    internal object? RequestIdentity { get; set; }

    /// <summary>Gets a value indicating whether what is asked is known only once the model has read it.</summary>
    internal bool ReadsRequestLate => RequestIdentity is IRequestSequence;

    /// <summary>Gets or sets what only the protocol says; <see langword="null"/> where it is not seen.</summary>
    internal WireDetails? Wire { get; set; }

    /// <summary>Gets or sets who counts the attempts.</summary>
    internal AttemptCounting AttemptCounting { get; set; }

    /// <summary>Gets the attempts that the call took; <see langword="null"/> as long as none of them failed or was hedged.</summary>
    internal AttemptLog? Attempts => Volatile.Read(ref _attempts);

    /// <summary>Gets how far the call has come, where an observed client makes it.</summary>
    internal CallProgress Progress => _progress;

    /// <summary>Notes that the call is made from now on, and that its requests are seen.</summary>
    internal void NoteAsked() => _progress = IsOfClient ? CallProgress.Asked : CallProgress.Unknown;

    /// <summary>Notes that the client waits for something.</summary>
    internal void NoteWaiting()
    {
        if (_progress == CallProgress.Asked)
        {
            _progress = CallProgress.Waiting;
        }
    }

    /// <summary>Notes that something was sent.</summary>
    internal void NoteSent() => _progress = CallProgress.Sent;

    /// <summary>Leaves what was asked, where it is no list and nobody reads on: its source must not stay open for what gates read ahead.</summary>
    internal void LeaveRequest() => (RequestIdentity as IRequestSequence)?.Leave();

    /// <summary>Leaves tokens and cost to a call inside.</summary>
    internal void GiveWay() => _givesWay = true;

    internal void NoteFailedAttempt(FailedAttempt attempt) => LazyInitializer.EnsureInitialized(ref _attempts).FailTry(attempt);

    /// <summary>Notes that a handler starts another attempt before the first one has ended, or after it failed.</summary>
    internal void NoteHedgedAttempt() => LazyInitializer.EnsureInitialized(ref _attempts).Hedge();

    /// <summary>Notes a request that failed; where the client counts its attempts itself, it may be one of them.</summary>
    internal void NoteFailedRequest(FailedAttempt attempt)
    {
        var attempts = LazyInitializer.EnsureInitialized(ref _attempts);
        if (AttemptCounting == AttemptCounting.ByClient)
        {
            attempts.Hold(attempt);
        }
        else
        {
            attempts.Fail(attempt);
        }
    }

    /// <summary>Tells whether the operation was started by the root, or by a client of the root, that has these ids.</summary>
    internal bool IsOf(OperationIds ids) => ReferenceEquals(_ids, ids);

    /// <summary>Gives the operation the source of its ids, when it is started.</summary>
    internal void TakeIdsFrom(OperationIds ids) => _ids = ids;

    /// <summary>Gives the call an id that it has wherever and however often it is heard of.</summary>
    internal void BeCalled(string callId) => _callId = callId;

    /// <summary>Makes an id that sorts by the start of the call.</summary>
    internal Guid NextId() => _ids?.NextId(StartedAt) ?? Guid.CreateVersion7(StartedAt);
}
