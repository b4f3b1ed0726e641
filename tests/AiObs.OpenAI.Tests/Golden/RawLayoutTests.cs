using AiObs.TestSupport.Pictures;

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
        var layout = RawLayouts.All.Single(layout => layout.Name == name);
        var picture = new Picture();
        foreach (var outcome in layout.Outcomes(isStreaming))
        {
            picture.Add(Title(outcome), await RawRun.DrawAsync(layout, outcome, isStreaming));
        }

        Approval.Beside("Pictures").Approve($"{name}.{(isStreaming ? "stream" : "plain")}", picture.ToString());
    }

    private static string Title(RawOutcome outcome) => outcome switch
    {
        RawOutcome.LeftEarly => "left early",
        RawOutcome.Cut => "cut by a budget",
        RawOutcome.Refused => "refused by a budget",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
