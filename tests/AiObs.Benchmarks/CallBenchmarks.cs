using AiObs.Benchmarks.Workloads;
using BenchmarkDotNet.Attributes;

namespace AiObs.Benchmarks;

/// <summary>What observing a call takes, against a bare activity.</summary>
[MemoryDiagnoser]
public class CallBenchmarks : IDisposable
{
    private const int Updates = 200;

    private BareActivity _bare = null!;
    private PlainCall _plain = null!;
    private PlainCall _content = null!;
    private StreamedCall _rawStream = null!;
    private StreamedCall _stream = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _bare = new();
        _plain = PlainCall.Observed("bdn.chat");
        _content = PlainCall.Observed(
            "bdn.content", messages: 10, configure: static builder => builder.Configure(static options => options.CaptureContent = ContentCapture.Spans));
        _rawStream = StreamedCall.Raw(Updates);
        _stream = StreamedCall.Observed("bdn.stream", Updates);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _bare.Dispose();
        _plain.Dispose();
        _content.Dispose();
        _rawStream.Dispose();
        _stream.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void BareActivity() => _bare.Run();

    [Benchmark]
    public void Chat() => _plain.Run();

    [Benchmark]
    public void ChatWithContent() => _content.Run();

    [Benchmark]
    public void RawStream() => _rawStream.Run();

    [Benchmark]
    public void Stream() => _stream.Run();
}
