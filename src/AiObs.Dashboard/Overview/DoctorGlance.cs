using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Overview;

/// <summary>How much is wrong with the setup, in a line.</summary>
internal static class DoctorGlance
{
    public static void Write(HtmlWriter html, PageRequest page, IReadOnlyList<DoctorFinding> findings)
    {
        var (errors, warnings) = (findings.Count(static finding => finding.Severity == DoctorSeverity.Error), findings.Count(static finding => finding.Severity == DoctorSeverity.Warning));
        html.Write($"""
            <p class="{(errors > 0 ? "bad" : "")}">The <a href="{page.Links.Page("health", page.Filter)}">doctor</a> finds {Shown.Number(errors)} {(errors == 1 ? "error" : "errors")} and {Shown.Number(warnings)} {(warnings == 1 ? "warning" : "warnings")}.</p>
            """);
    }
}
