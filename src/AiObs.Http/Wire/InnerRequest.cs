using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Http.Wire;

/// <summary>A request by which an observed client answers its call: it has no operation of its own and counts nothing, and tells that call what only the protocol says.</summary>
internal sealed class InnerRequest : WireCall
{
    private readonly ModelOperation _outer;
    private readonly ChatProtocol? _protocol;
    private readonly Faults _faults;
    private bool _hasTier;

    /// <summary>Initializes a new instance of the <see cref="InnerRequest"/> class.</summary>
    /// <param name="outer">The operation of the call.</param>
    /// <param name="protocol">How the response is written; <see langword="null"/> where nothing in it matters.</param>
    /// <param name="faults">What catches what goes wrong.</param>
    /// <param name="toException">What the caller's library throws of an error.</param>
    public InnerRequest(ModelOperation outer, ChatProtocol? protocol, Faults faults, Func<WireError, Exception> toException)
        : base(new WireDetails(), toException)
    {
        _outer = outer;
        _protocol = protocol;
        _faults = faults;
    }

    private static ReadOnlySpan<byte> Tier => "\"service_tier\""u8;

    private static ReadOnlySpan<byte> Fingerprint => "\"system_fingerprint\""u8;

    private static ReadOnlySpan<byte> Usage => "\"usage\""u8;

    public override bool IsStreamed => true;

    public override void Take(ReadOnlyMemory<byte> data) => Read(data);

    public override void Skim(ReadOnlyMemory<byte> data) => Read(data);

    public override void End(ReadOnlyMemory<byte> body)
    {
        if (!body.IsEmpty)
        {
            _faults.Run("wire", (Call: this, body), static state => state.Call.Read(state.body));
        }

        EndStream();
    }

    public override void EndStream()
    {
        if (_outer.Outcome == OperationOutcome.Running)
        {
            _outer.Wire = Details;
        }
    }

    public override void Fail(Exception exception, bool callerCancelled)
    {
        // What went wrong with the call is said by what its client throws, if it throws.
        Details.ErrorType = null;
        EndStream();
    }

    public override void Abandon() => EndStream();

    /// <summary>Reads the first piece that names a tier or a fingerprint, and the last one, which alone says what served a response: to read each would cost.</summary>
    private void Read(ReadOnlyMemory<byte> data)
    {
        var span = data.Span;
        if (_protocol is null
            || (_hasTier && span.IndexOf(Usage) < 0)
            || (span.IndexOf(Tier) < 0 && span.IndexOf(Fingerprint) < 0))
        {
            return;
        }

        using var document = JsonDocument.Parse(data);
        _protocol.NoteProperties(Details, document.RootElement);
        _hasTier = true;
        if (Details.ServedTier is { } tier && _outer is ChatOperation chat)
        {
            chat.ServiceTier = tier;
        }
    }
}
