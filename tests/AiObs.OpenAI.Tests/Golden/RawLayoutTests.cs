using AiObs.Pictures;

namespace AiObs.OpenAI.Tests.Golden;

/// <summary>Everything that comes out of each layout with a raw client, as it is approved: a change here is a change of behaviour.</summary>
public sealed class RawLayoutTests
{
    public static TheoryData<string> Plain => [.. RawLayouts.All.Select(static layout => layout.Name)];

    public static TheoryData<string> Streamed => [.. RawLayouts.All.Where(static layout => layout.CanStream).Select(static layout => layout.Name)];

    [Theory]
    [MemberData(nameof(Plain))]
    public Task Call_Layout_LeavesTheApprovedPicture(string layout) => ApproveAsync(layout, isStreaming: false);

    [Theory]
    [MemberData(nameof(Streamed))]
    public Task Stream_Layout_LeavesTheApprovedPicture(string layout) => ApproveAsync(layout, isStreaming: true);

    private static async Task ApproveAsync(string name, bool isStreaming)
    {
        var layout = Find(name);
        var picture = new Picture();
        foreach (var outcome in layout.Outcomes(isStreaming))
        {
            var body = await RawRun.DrawAsync(layout, outcome, isStreaming);
            var isSame = layout.AsIn is { } other && body == await RawRun.DrawAsync(Find(other), outcome, isStreaming);
            picture.Add(Title(outcome), isSame ? $"the same as {layout.AsIn}" : body);
        }

        Approval.Beside("Pictures").Approve($"{name}.{(isStreaming ? "stream" : "plain")}", picture.ToString());
    }

    private static RawLayout Find(string name) => RawLayouts.All.Single(layout => layout.Name == name);

    private static string Title(RawOutcome outcome) => outcome switch
    {
        RawOutcome.LeftEarly => "left early",
        RawOutcome.Cut => "cut by a budget",
        RawOutcome.Refused => "refused by a budget",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
