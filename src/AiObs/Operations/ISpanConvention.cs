using System.Diagnostics;

namespace AiObs.Operations;

/// <summary>Writes operations on spans under the names of one semantic convention.</summary>
/// <remarks>
/// All conventions write their scalars before any of them writes content, because exporters cut long spans from the end.
/// One instance serves all operations at the same time: keep no state of a call in it. What it throws is counted, logged
/// once and costs only the tags that it had not written yet.
/// </remarks>
public interface ISpanConvention
{
    /// <summary>Gets a value indicating whether content is flattened into many tags; such conventions write their content after all others.</summary>
    bool FlattensContent => false;

    /// <summary>Adds the tags that a sampler may want to see; they are passed to the start of the span.</summary>
    /// <param name="operation">The operation; only its request is known yet.</param>
    /// <param name="tags">The tags of the span to start.</param>
    void Start(AgentOperation operation, ref TagList tags);

    /// <summary>Writes single values: request options, response, usage, error. No content.</summary>
    /// <param name="activity">The span.</param>
    /// <param name="operation">The finished operation.</param>
    void WriteResult(Activity activity, AgentOperation operation);

    /// <summary>Writes content; called only when content may stand on spans.</summary>
    /// <param name="activity">The span.</param>
    /// <param name="operation">The finished operation; what must not be shown is not on it.</param>
    void WriteContent(Activity activity, AgentOperation operation);
}
