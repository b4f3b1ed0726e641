using System.Text.Json;
using AiObs.Operations;
using AiObs.Recording;
using AiObs.TestSupport;
using Anthropic.Models.Messages;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Reads the objects of Anthropic's SDK, to which the library has no reference.</summary>
public sealed class AnthropicUsageReaderTests
{
    private readonly AnthropicUsageReader _reader = new();

    [Fact]
    public void TryRead_Message_HasWhatTheProviderSentAndTakesNoMemory()
    {
        var message = JsonSerializer.Deserialize<Message>(
            """{"id":"m","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"usage":{"input_tokens":6,"output_tokens":100,"cache_creation":{"ephemeral_1h_input_tokens":4}}}""")!;
        var usage = default(ReportedUsage);

        Assert.True(_reader.TryRead(message, ref usage));
        Assert.Equal(new() { Input = 6, Output = 100, CacheWrite1h = 4 }, usage);
        Assert.Equal(0, AllocationMeter.BytesPerRun(() => _reader.TryRead(message, ref usage)));
    }

    [Fact]
    public void TryRead_EventOfAStream_HasWhatTheProviderSent()
    {
        var usage = default(ReportedUsage);

        Assert.True(_reader.TryRead(Streamed("""{"output_tokens":100,"speed":"fast"}"""), ref usage));
        Assert.Equal(new() { Output = 100, Speed = "fast" }, usage);
    }

    [Fact]
    public void TryRead_CountsOfAStream_TakeNoMemory()
    {
        var streamed = Streamed("""{"output_tokens":100}""");
        var usage = default(ReportedUsage);

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => _reader.TryRead(streamed, ref usage)));
        Assert.Equal(new() { Output = 100 }, usage);
    }

    [Fact]
    public void TryRead_ObjectOfSomebodyElse_IsNotRead()
    {
        var usage = default(ReportedUsage);

        Assert.False(_reader.TryRead("text", ref usage));
        Assert.Equal(default, usage);
    }

    private static RawMessageStreamEvent Streamed(string usage) => JsonSerializer.Deserialize<RawMessageStreamEvent>(
        $$"""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{{usage}}}""")!;
}
