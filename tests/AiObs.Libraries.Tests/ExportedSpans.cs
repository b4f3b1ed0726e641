using System.Collections.ObjectModel;
using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.Libraries.Tests;

/// <summary>What the in-memory exporter gets, and how each span looked at that moment.</summary>
internal sealed class ExportedSpans : Collection<Activity>
{
    private readonly Dictionary<Activity, string> _texts = [];

    /// <summary>Fails unless exactly these spans were exported, as they look now: a picture must show nothing that no exporter saw.</summary>
    public void AssertHasAll(IReadOnlyList<Activity> spans)
    {
        var recorded = spans.Where(span => span.Recorded).ToList();
        Assert.Equal(recorded.Select(Name).Order(), this.Select(Name).Order());
        Assert.All(recorded, span => Assert.Equal(_texts[span], SpanText.Of(span)));
    }

    private static string Name(Activity span) => $"{span.Source.Name}: {span.DisplayName} {span.Id}";

    protected override void InsertItem(int index, Activity item)
    {
        lock (_texts)
        {
            _texts[item] = SpanText.Of(item);
            base.InsertItem(index, item);
        }
    }
}
