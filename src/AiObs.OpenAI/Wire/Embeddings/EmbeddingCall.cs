using System.Text.Json;
using AiObs.Cost.Budgets;
using AiObs.Embeddings;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire.Embeddings;

/// <summary>An embedding request.</summary>
internal sealed class EmbeddingCall : WireCall
{
    private readonly EmbeddingOperation _operation;
    private readonly EmbeddingRecorder _recorder;
    private readonly OperationPipeline _pipeline;

    private EmbeddingCall(EmbeddingOperation operation, EmbeddingRecorder recorder, OperationPipeline pipeline)
        : base(operation, new WireDetails())
    {
        _operation = operation;
        _recorder = recorder;
        _pipeline = pipeline;
    }

    /// <summary>Starts the operation of a request; <see langword="null"/> where that went wrong.</summary>
    /// <exception cref="BudgetExceededException">A budget refuses the request.</exception>
    public static EmbeddingCall? Start(EmbeddingRequest request, EmbeddingRecorder recorder, OperationPipeline pipeline)
    {
        var operation = request.Texts is { } texts
            ? recorder.Start(texts, request.Options)
            : recorder.Start(request.Tokens!, request.Options);
        return operation is null ? null : new EmbeddingCall(operation, recorder, pipeline);
    }

    public override void End(ReadOnlyMemory<byte> body) => _recorder.Complete(
        _operation,
        _pipeline.Faults.Get("openai", (body, _pipeline.Masker.Records), static state => Parse(state.body, state.Records)) ?? []);

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
