using AiObs.Operations;

namespace AiObs.Guardrails;

/// <summary>A guardrail refused what was said or was to be done.</summary>
public sealed class GuardrailException : InvalidOperationException, IToolNotRun
{
    /// <summary>Initializes a new instance of the <see cref="GuardrailException"/> class.</summary>
    /// <param name="finding">What it found.</param>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is <see langword="null"/>.</exception>
    public GuardrailException(GuardrailFinding finding)
        : base(Describe(finding)) => Finding = finding;

    /// <summary>Gets what it found.</summary>
    public GuardrailFinding Finding { get; }

    bool IToolNotRun.IsToolNotRun => IsToolNotRun;

    /// <summary>Gets a value indicating whether it stands for a call of a tool that was not run.</summary>
    internal bool IsToolNotRun => Finding.Stage == GuardrailStages.ToolCall;

    private static string Describe(GuardrailFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var what = finding.Stage switch
        {
            GuardrailStages.Input => "the input",
            GuardrailStages.ToolCall => $"the call of the tool '{finding.Tool}'",
            GuardrailStages.ToolResult => $"the result of the tool '{finding.Tool}'",
            _ => "the output",
        };
        return $"The guardrail '{finding.Policy}' refused {what}: {finding.Reason}";
    }
}
