using AiObs.Conventions.OpenInference;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.Otlp.Spans;
using AiObs.Privacy.Keys;

namespace AiObs.Otlp.Dialects;

/// <summary>Tells in whose words a span speaks, and has them translated into those that the readers of the bridge know.</summary>
internal static class Dialect
{
    private static readonly string[] StepKinds = ["workflow", "task"];

    public static void Translate(Dictionary<string, object?> attributes)
    {
        if (attributes.ContainsKey(OpenInferenceAttributes.SpanKind))
        {
            OpenInferenceDialect.Translate(attributes);
        }
        else if (SpeaksOpenLLMetry(attributes))
        {
            OpenLLMetryDialect.Translate(attributes);
        }
    }

    /// <summary>Tells whether a span that names no operation is a step of work with models all the same.</summary>
    public static bool IsStep(Dictionary<string, object?> attributes) =>
        attributes.Text(OpenInferenceAttributes.SpanKind) is "CHAIN" || StepKinds.Contains(attributes.Text(OpenLLMetryAttributes.SpanKind));

    /// <summary>Tells whether a span is one of the kinds of OpenInference that the GenAI conventions have no operation for: it is kept as it came.</summary>
    public static bool IsOwnKind(Dictionary<string, object?> attributes) => attributes.ContainsKey(OpenInferenceAttributes.SpanKind);

    private static bool SpeaksOpenLLMetry(Dictionary<string, object?> attributes) =>
        attributes.ContainsKey(OpenLLMetryAttributes.SpanKind)
        || attributes.ContainsKey(OpenLLMetryAttributes.RequestType)
        || attributes.ContainsKey(OpenLLMetryAttributes.WorkflowName)
        || attributes.ContainsKey(OpenLLMetryAttributes.EntityPath)
        || attributes.ContainsKey($"{ForeignAttributes.Prompt}.0.role")
        || attributes.ContainsKey($"{ForeignAttributes.Completion}.0.role")
        || attributes.ContainsKey(ForeignScalars.PromptTokens);
}
