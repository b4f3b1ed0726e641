using System.Diagnostics;
using System.Text.Json;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Http.Wire.Responses;

/// <summary>A request for a response that runs in the background. It becomes an operation where it brings the end of that response.</summary>
internal sealed class Retrieval : WireCall
{
    private readonly string _id;
    private readonly ResponsesProtocol _protocol;
    private readonly BackgroundResponses _background;
    private readonly OperationPipeline _pipeline;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startTimestamp;
    private WireResponse? _read;

    public Retrieval(
        string id, ResponsesProtocol protocol, BackgroundResponses background, OperationPipeline pipeline, Func<WireError, Exception> toException)
        : base(new WireDetails { ApiType = protocol.ApiType }, toException)
    {
        _id = id;
        _protocol = protocol;
        _background = background;
        _pipeline = pipeline;
        _startedAt = pipeline.Clock.GetUtcNow();
        _startTimestamp = pipeline.Clock.GetTimestamp();
    }

    public override bool IsStreamed => true;

    public override bool IsOver => _read is not null;

    public override void Take(ReadOnlyMemory<byte> data)
    {
        // Only the events of a state of the whole bring a response.
        if (_read is null && data.Span.IndexOf("\"response\""u8) >= 0)
        {
            Read(data);
        }
    }

    public override void Skim(ReadOnlyMemory<byte> data) => Take(data);

    public override void End(ReadOnlyMemory<byte> body)
    {
        if (!body.IsEmpty)
        {
            _pipeline.Faults.Run("wire", (Call: this, body), static state => state.Call.Read(state.body));
        }

        EndStream();
    }

    public override void EndStream()
    {
        if (_read is { } read && _background.Take(_id) is { } pending)
        {
            _pipeline.Faults.Run("wire", (Call: this, read, pending), static state => state.Call.Record(state.read, state.pending));
        }
    }

    /// <inheritdoc/>
    /// <remarks>What failed is the request. The response goes on, and may be asked for again.</remarks>
    public override void Fail(Exception exception, bool callerCancelled) => EndStream();

    public override void Abandon() => EndStream();

    private void Read(ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        _read = _protocol.ReadEnd(document.RootElement);
    }

    private void Record(WireResponse read, PendingResponse pending)
    {
        // Whoever fetches it, it is for the one who asked. The caller's flow is put back when the request is over.
        AgentContext.PutBack(pending.Context);
        if (pending.Recorder.Resume(pending.Model, pending.Ticket) is not { } operation)
        {
            return;
        }

        if (operation.IsFetch)
        {
            Details.ResponseStatus = read.Status;
        }

        Begin(operation);
        Date(operation, pending.Creation);
        End(pending.Recorder, operation, read);
    }

    /// <summary>Makes the operation as long as the request, and points to the call that it belongs to.</summary>
    private void Date(ChatOperation operation, ActivityContext creation)
    {
        operation.StartTimestamp = _startTimestamp;
        operation.StartedAt = _startedAt;
        if (operation is { Activity: { } span, IsForeignActivity: false })
        {
            span.SetStartTime(_startedAt.UtcDateTime);
            if (creation != default)
            {
                span.AddLink(new ActivityLink(creation));
            }
        }
    }
}
