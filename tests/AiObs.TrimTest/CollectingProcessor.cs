using System.Diagnostics;
using OpenTelemetry;

namespace AiObs.TrimTest;

/// <summary>Keeps a line of each span: its name, and the content that is hardest to write without reflection.</summary>
internal sealed class CollectingProcessor : BaseProcessor<Activity>
{
    public List<string> Lines { get; } = [];

    public override void OnEnd(Activity data) => Lines.Add(
        $"{data.DisplayName} {data.GetTagItem("gen_ai.output.messages") ?? data.GetTagItem("gen_ai.tool.call.arguments")}");
}
