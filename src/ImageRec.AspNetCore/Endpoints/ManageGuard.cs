using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Asks the app's policy whether a user may change the catalog; without a policy nobody may.</summary>
internal sealed class ManageGuard(string? policyName, IAuthorizationPolicyProvider policies, IPolicyEvaluator evaluator)
{
    /// <exception cref="InvalidOperationException">The app has no such policy.</exception>
    public async Task CheckAsync()
    {
        if (policyName is not null)
            await FindAsync(policyName).ConfigureAwait(false);
    }

    /// <exception cref="Problem">Not allowed.</exception>
    public async Task AllowAsync(HttpContext http)
    {
        if (policyName is null)
            throw Problem.ManagingIsOff();
        var policy = await FindAsync(policyName).ConfigureAwait(false);
        var identity = await evaluator.AuthenticateAsync(policy, http).ConfigureAwait(false);
        var decision = await evaluator.AuthorizeAsync(policy, identity, http, http).ConfigureAwait(false);
        if (!decision.Succeeded)
            throw Problem.NotAllowed(http.User.Identity?.IsAuthenticated == true);
    }

    private async Task<AuthorizationPolicy> FindAsync(string name) => await policies.GetPolicyAsync(name).ConfigureAwait(false)
        ?? throw new InvalidOperationException(
            $"ManagePolicy is '{name}', but the app has no authorization policy with this name. Add it with AddAuthorization.");
}
