using AiObs.Pipeline;
using AiObs.Privacy;
using AiObs.Recording;

namespace AiObs.Tracing;

/// <summary>What start and stop data need to put themselves on an operation.</summary>
internal sealed class TracerParts(OperationPipeline pipeline)
{
    public OperationPipeline Pipeline { get; } = pipeline;

    public ContentMasker Masker => Pipeline.Masker;

    public MessageRecorder Messages { get; } = new(pipeline.Masker, pipeline.Faults);

    public ChatRequestReader Requests { get; } = new(pipeline);

    public DocumentRecorder Documents { get; } = new(pipeline.Masker);
}
