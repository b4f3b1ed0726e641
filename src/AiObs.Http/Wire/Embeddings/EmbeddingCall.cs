using System.Text.Json;
using AiObs.Embeddings;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Embeddings;

/// <summary>An embedding request.</summary>
internal sealed class EmbeddingCall : WireCall
{
    private readonly EmbeddingRequest _request;
    private readonly EmbeddingRecorder _recorder;
    private readonly OperationPipeline _pipeline;
    private EmbeddingOperation? _prepared;
    private EmbeddingOperation _operation = null!;

    public EmbeddingCall(EmbeddingRequest request, EmbeddingRecorder recorder, OperationPipeline pipeline, Func<WireError, Exception> toException)
        : base(new WireDetails(), toException)
    {
        _request = request;
        _recorder = recorder;
        _pipeline = pipeline;
    }

    public override ValueTask AdmitAsync(CancellationToken cancellationToken)
    {
        _prepared = _request.Texts is { } texts
            ? _recorder.Prepare(texts, _request.Options)
            : _recorder.Prepare(_request.Tokens!, _request.Options);
        return _prepared is null ? default : _recorder.AdmitAsync(_prepared, cancellationToken);
    }

    public override bool Start()
    {
        if (_prepared is null || _recorder.Open(_prepared) is not { } operation)
        {
            return false;
        }

        _operation = operation;
        Begin(operation);
        return true;
    }

    public override void End(ReadOnlyMemory<byte> body) => _recorder.Complete(
        _operation,
        _pipeline.Faults.Get("wire", (body, _pipeline.Masker.Records), static state => Parse(state.body, state.Records)) ?? []);

    public override void Fail(Exception exception, bool callerCancelled) => _recorder.Fail(_operation, exception, callerCancelled);

    public override void Abandon() => _pipeline.Abandon(_operation);

    private static GeneratedEmbeddings<Embedding<float>>? Parse(ReadOnlyMemory<byte> body, bool keepsContent)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(body);
        return EmbeddingResponse.Read(document.RootElement, keepsContent);
    }
}
