using System.Globalization;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Conversations;

/// <summary>A bar of how much of the context of a model is used.</summary>
internal static class ContextBar
{
    public static Action<HtmlWriter> Of(double share) => html => html.Write($"""
        <svg class="bar part-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{Shown.Share(share)} of the context used">
        <rect class="whole" x="0" y="1" width="100" height="8"/><rect class="{(share > 1 ? "over" : "spent")}" x="0" y="1" width="{(Math.Clamp(share, 0, 1) * 100).ToString("0.##", CultureInfo.InvariantCulture)}" height="8"/></svg> {Shown.Share(share)}
        """);
}
