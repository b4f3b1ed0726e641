namespace AiObs.OpenTelemetry.Exporters.LangSmith;

/// <summary>Where a LangSmith organization lives.</summary>
public enum LangSmithRegion
{
    /// <summary>The United States, <c>api.smith.langchain.com</c>.</summary>
    Us,

    /// <summary>Europe, <c>eu.api.smith.langchain.com</c>.</summary>
    Eu,

    /// <summary>Asia and the Pacific, <c>apac.api.smith.langchain.com</c>.</summary>
    Apac,

    /// <summary>The United States on AWS, <c>aws.api.smith.langchain.com</c>.</summary>
    AwsUs,
}
