using System.Text.Json;
using AiObs.OpenAI.Pipeline;
using AiObs.Operations;

namespace AiObs.OpenAI.Wire;

/// <summary>A request that an operation further out stands for. Of its response matters only what it used.</summary>
internal sealed class JoinedCall(ChatProtocol protocol, JoinedRequests requests, Faults faults) : WireCall(new WireDetails())
{
    private LeafCall? _used;

    private static ReadOnlySpan<byte> Usage => "\"usage\""u8;

    public override bool IsStreamed => true;

    public override void Take(ReadOnlyMemory<byte> data) => Read(data);

    public override void Skim(ReadOnlyMemory<byte> data) => Read(data);

    public override void End(ReadOnlyMemory<byte> body)
    {
        if (!body.IsEmpty)
        {
            faults.Run("openai", (Call: this, body), static state => state.Call.Read(state.body));
        }

        EndStream();
    }

    public override void EndStream() => requests.End(isAnswered: true, _used);

    public override void Fail(Exception exception, bool callerCancelled) => requests.End(isAnswered: false, _used);

    public override void Abandon() => EndStream();

    /// <summary>Tells whether there is any usage, without reading what there is: few events of a stream have it.</summary>
    private static bool HasUsage(ReadOnlySpan<byte> data)
    {
        for (var start = data.IndexOf(Usage); start >= 0; start = data.IndexOf(Usage))
        {
            data = data[(start + Usage.Length)..];
            if (data.TrimStart(": \t\r\n"u8) is [(byte)'{', ..])
            {
                return true;
            }
        }

        return false;
    }

    private void Read(ReadOnlyMemory<byte> data)
    {
        if (!HasUsage(data.Span))
        {
            return;
        }

        using var document = JsonDocument.Parse(data);
        _used = protocol.ReadUsed(document.RootElement) ?? _used;
    }
}
