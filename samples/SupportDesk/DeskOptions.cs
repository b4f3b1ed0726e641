using System.ComponentModel.DataAnnotations;
using SupportDesk.Model;

namespace SupportDesk;

/// <summary>What can be set about the desk, in the section <c>Desk</c>: <c>--Desk:VisitorBudget 0.05</c>, or <c>Desk__VisitorBudget</c> in the environment.</summary>
internal sealed class DeskOptions
{
    public const string SectionName = "Desk";

    /// <summary>Gets or sets who answers.</summary>
    /// <value>The default is null: Anthropic or OpenAI, whose key is in the environment, and otherwise a script on this machine.</value>
    public ModelProvider? Provider { get; set; }

    /// <summary>Gets or sets the model.</summary>
    /// <value>The default is null: <c>claude-sonnet-4-5</c>, or <c>gpt-4o</c> of OpenAI.</value>
    public string? Model { get; set; }

    /// <summary>Gets or sets the SQLite file of events and costs; traces are in one of their own beside it.</summary>
    /// <value>The default is <c>support-desk.db</c> in the current folder.</value>
    [Required]
    public string Database { get; set; } = "support-desk.db";

    /// <summary>Gets or sets how many USD the answers to one visitor may cost on one day.</summary>
    /// <value>The default is 0.03, which half a dozen questions use up.</value>
    [Range(0.000001, 1_000)]
    public decimal VisitorBudget { get; set; } = 0.03m;

    /// <summary>Gets or sets how many USD the answers to all visitors together may cost on one day.</summary>
    /// <value>The default is 1: a visitor without a cookie is a new one.</value>
    [Range(0.000001, 1_000)]
    public decimal TotalBudget { get; set; } = 1;

    /// <summary>Gets or sets how long an answer may take, with all its tools.</summary>
    /// <value>The default is a minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how often a request that the model's service was too busy for is repeated.</summary>
    /// <value>The default is 2.</value>
    [Range(0, 10)]
    public int ModelRetries { get; set; } = 2;

    /// <summary>Reads the section.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be read.</exception>
    /// <exception cref="ValidationException">A value is out of its range.</exception>
    public static DeskOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(SectionName).Get<DeskOptions>() ?? new DeskOptions();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);

        return options;
    }
}
