using AiObs.Pictures;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Everything that comes out of each layout, as it is approved: a change here is a change of behaviour.</summary>
public sealed class LayoutTests
{
    public static TheoryData<string, string> Cases =>
    [
        .. Layouts.All.SelectMany(static layout => (layout.IsCentral ? [Variant.Default, .. Variant.WithContent] : (Variant[])[Variant.Default])
            .Select(variant => (layout.Name, variant.Name))),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task GetResponseAsync_Layout_LeavesTheApprovedPicture(string layout, string variant) => ApproveAsync(layout, variant, isStreaming: false);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task GetStreamingResponseAsync_Layout_LeavesTheApprovedPicture(string layout, string variant) => ApproveAsync(layout, variant, isStreaming: true);

    private static async Task ApproveAsync(string layoutName, string variantName, bool isStreaming)
    {
        var layout = Find(layoutName);
        var variant = Variant.WithContent.Prepend(Variant.Default).Single(variant => variant.Name == variantName);
        var picture = new Picture();
        foreach (var outcome in layout.Outcomes(isStreaming, variant))
        {
            picture.Add(Titles.Of(outcome), await DrawAsync(layout, outcome, isStreaming, variant));
        }

        string[] parts = [layout.Name, .. variant.Name.Length > 0 ? [variant.Name] : Array.Empty<string>(), isStreaming ? "stream" : "plain"];
        Approval.Beside("Chat").Approve(string.Join('.', parts), picture.ToString());
    }

    private static async Task<string> DrawAsync(Layout layout, Outcome outcome, bool isStreaming, Variant variant)
    {
        var body = await RunAsync(layout, outcome, isStreaming, variant, layout.InBrief(outcome));
        foreach (var other in layout.AsIn.Select(Find))
        {
            if (body == await RunAsync(other, outcome, isStreaming, variant, layout.InBrief(outcome)))
            {
                return $"the same as {other.Name}";
            }
        }

        return body;
    }

    private static async Task<string> RunAsync(Layout layout, Outcome outcome, bool isStreaming, Variant variant, PictureParts inBrief)
    {
        using var run = new LayoutRun(layout.Rounds, outcome, isStreaming, variant);

        return await run.DrawAsync(layout, inBrief);
    }

    private static Layout Find(string name) => Layouts.All.Single(layout => layout.Name == name);
}
