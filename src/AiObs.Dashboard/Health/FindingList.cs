using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Health;

/// <summary>What the doctor found: the number, what was seen, why, and the line that mends it.</summary>
internal static class FindingList
{
    public static void Write(HtmlWriter html, IReadOnlyList<DoctorFinding> findings)
    {
        if (findings.Count == 0)
        {
            html.Write($"""<p class="well">The doctor finds nothing.</p>""");
            return;
        }

        foreach (var finding in findings)
        {
            html.Write($"""
                <article class="finding f-{NameOf(finding.Severity)}"><h3>{finding.Id} · {NameOf(finding.Severity)}</h3>
                <p class="seen"><bdi>{finding.Seen}</bdi></p><p><bdi>{finding.Cause}</bdi></p><pre><code><bdi>{finding.Remedy}</bdi></code></pre></article>
                """);
        }
    }

    private static string NameOf(DoctorSeverity severity) => severity switch
    {
        DoctorSeverity.Error => "error",
        DoctorSeverity.Warning => "warning",
        _ => "information",
    };
}
