using Microsoft.Extensions.Options;

namespace AiObs.Dashboard;

/// <summary>Refuses options that mean nothing.</summary>
internal sealed class DashboardOptionsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Title))
        {
            faults.Add("DashboardOptions.Title is empty: give the name that stands at the top of each page, such as \"Weather\".");
        }

        if (!Enum.IsDefined(options.Access))
        {
            faults.Add($"DashboardOptions.Access is {(int)options.Access}, which there is not: use DashboardAccess.ThisMachine or Anyone.");
        }

        if (!Enum.IsDefined(options.ShowContent))
        {
            faults.Add($"DashboardOptions.ShowContent is {(int)options.ShowContent}, which there is not: use ContentVisibility.Never, WhenLocal or WhenAuthorized.");
        }

        if (options.ContentPolicy is { } policy && string.IsNullOrWhiteSpace(policy))
        {
            faults.Add("DashboardOptions.ContentPolicy is empty: name a policy of AddAuthorization, or leave it null.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
