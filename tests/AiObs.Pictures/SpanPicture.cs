using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.Pictures;

/// <summary>Draws spans as a tree, in the order in which they started.</summary>
/// <param name="started">All spans that started.</param>
/// <param name="stopped">Those of them that ended.</param>
/// <param name="labels">What to call the sources of the roots.</param>
/// <param name="isBrief">Whether only the tags that tell outcome and cost are drawn.</param>
internal sealed class SpanPicture(
    IReadOnlyList<Activity> started, IReadOnlyList<Activity> stopped, IReadOnlyDictionary<string, string> labels, bool isBrief)
{
    private static readonly string[] BriefKeys = ["aiobs.", "error.", "gen_ai.response.finish_reasons", "gen_ai.usage."];

    // What is not recorded reaches no exporter.
    private readonly List<Activity> _shown = [.. started.Where(span => span.IsAllDataRequested)];
    private readonly HashSet<Activity> _stopped = [.. stopped];

    public IEnumerable<string> Lines()
    {
        var ids = _shown.Select(span => span.SpanId).ToHashSet();

        return _shown.Where(span => !ids.Contains(span.ParentSpanId)).SelectMany(root => Tree(root, depth: 1));
    }

    private static IEnumerable<string> Events(Activity span, int depth) => span.Events.SelectMany(item =>
        PictureText.Tags(depth + 1, item.Tags).Prepend(PictureText.Line(depth, $"event {item.Name}")));

    private static IEnumerable<string> Links(Activity span, int depth) => span.Links.Select(link =>
        PictureText.Line(depth, $"link {link.Context.SpanId} in {link.Context.TraceId} {PictureText.InlineTags(link.Tags ?? [])}"));

    private IEnumerable<string> Tree(Activity span, int depth)
    {
        var source = labels.TryGetValue(span.Source.Name, out var label) ? label : span.Source.Name;
        var place = depth == 1 ? $" in {span.TraceId}{ParentOf(span)}" : "";
        var from = source == Recorder.DefaultLabel ? "" : $" from {source}";
        var end = _stopped.Contains(span) ? "" : " NEVER ENDED";
        yield return PictureText.Line(depth, $"* {span.DisplayName} ({span.Kind}) {span.SpanId}{place}{from}{end}");

        IEnumerable<string> own = [StatusOf(span, depth + 1), .. PictureText.Tags(depth + 1, span.TagObjects.Where(IsDrawn)), .. Events(span, depth + 1), .. Links(span, depth + 1)];
        foreach (var line in own.Concat(_shown.Where(child => child.ParentSpanId == span.SpanId).SelectMany(child => Tree(child, depth + 1))))
        {
            yield return line;
        }
    }

    private bool IsDrawn(KeyValuePair<string, object?> tag) =>
        !isBrief || BriefKeys.Any(key => tag.Key.StartsWith(key, StringComparison.Ordinal));

    private static string ParentOf(Activity span) => span.ParentSpanId == default ? "" : $" under {span.ParentSpanId}, which was not collected";

    private static string StatusOf(Activity span, int depth) => PictureText.Line(depth, $"status {SpanText.Status(span)}");
}
