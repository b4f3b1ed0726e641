using System.Diagnostics.Metrics;
using System.Text.Json;
using AiObs.Chat;
using AiObs.Operations;
using AiObs.Recording;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs.Tests.Chat;

public sealed class UsageReadersTests : IDisposable
{
    private readonly Meter _meter = new("usage-readers");
    private readonly UsageReaders _readers;

    public UsageReadersTests() => _readers = new([], new Faults(_meter, NullLogger.Instance));

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void TryRead_ObjectOfNobodys_TakesNoMemory()
    {
        var usage = default(ReportedUsage);

        Assert.False(_readers.TryRead(this, ref usage));
        Assert.Equal(0, AllocationMeter.BytesPerRun(() => _readers.TryRead(this, ref usage)));
    }

    [Fact]
    public void TryRead_ResponseAsJson_IsRead()
    {
        using var json = JsonDocument.Parse("""{"usage":{"prompt_tokens":10,"completion_tokens":2}}""");
        var usage = default(ReportedUsage);

        Assert.True(_readers.TryRead(json.RootElement, ref usage));
        Assert.Equal(new() { Input = 10, Output = 2 }, usage);
    }

    [Fact]
    public void Add_TextOfAStreamWithItsObject_TakesNoMemory()
    {
        var updates = new StreamAccumulator(keepsContent: false, keepsCalls: false, _readers);
        var text = new ChatResponseUpdate(ChatRole.Assistant, "Dry.") { RawRepresentation = new object() };

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => updates.Add(text)));
    }
}
