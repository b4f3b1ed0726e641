using AiObs.Operations;
using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Masks a tool that was offered to a model.</summary>
internal static class ToolMasker
{
    public static RecordedTool Mask(ContentMasker masker, AgentOperation operation, RecordedTool tool)
    {
        var place = new RedactionPlace(RedactionKind.ToolDescription) { Tool = tool.Name };
        return tool with
        {
            Description = tool.Description is null ? null : masker.Text(operation, place, tool.Description),
            ParametersJson = tool.ParametersJson is null ? null : masker.Json(operation, place, tool.ParametersJson),
        };
    }
}
